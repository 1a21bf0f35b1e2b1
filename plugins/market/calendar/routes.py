"""The page of the address, and the calendar that it leads to."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import Response, redirect, render_template, request, url_for
from sqlalchemy import Row

from ....core.answers import Rule
from ....core.calendars import MEDIA_TYPE, Event, written
from ....core.errors import NotFound
from ....core.language import Tongue
from ....core.web import machine, outside_url, permitted, this_member, this_node, told
from ..pages import ID, blueprint
from . import actions, queries
from .rules import is_secret, secret_of

OWN = "market.order"
READ = "market.calendar.read"
RULES = (Rule(READ, everyone=True),)


@blueprint.get("/orders/calendar")
@permitted(OWN)
def calendar() -> Any:
    """Show the address of one's calendar, if there is one."""
    node, viewer = this_node(), this_member()
    with node.db.read() as session:
        number = queries.number_of(session, viewer.id)
    url = None
    if number is not None:
        secret = secret_of(node.settings.secret, viewer.id, number)
        url = outside_url("market.calendar_file", person_id=viewer.id, secret=secret)
    return render_template("market/calendar/calendar.html", url=url)


@blueprint.post("/orders/calendar")
@permitted(OWN)
def change_calendar() -> Any:
    """Make another address, or let the one in use work no more."""
    node, viewer = this_node(), this_member()
    ends = request.form.get("end") == "yes"
    with node.db.write() as session:
        if ends:
            actions.end(session, viewer.id, at=node.clock.now())
        else:
            actions.renew(session, viewer.id, at=node.clock.now())
    if ends:
        told("The address works no more.")
    else:
        told("Here is your address.")
    return redirect(url_for("market.calendar"))


@blueprint.get(f"/orders/calendar/<{ID}:person_id>/<secret>.ics")
@machine(READ)
def calendar_file(person_id: int, secret: str) -> Response:
    """Send the calendar to whoever knows its address."""
    node = this_node()
    with node.db.read() as session:
        owner = queries.owner(session, person_id)
        key = node.settings.secret
        known = owner is not None and is_secret(secret, key, person_id, owner.number)
        if owner is None or not known or not re.fullmatch("[0-9a-f]+", secret):
            raise NotFound("There is no such calendar.")
        rows = queries.collections(session, person_id)
    tongue = node.catalogues.tongue(owner.language)
    name = tongue.gettext("Collecting at %(node)s", node=node.settings.node.name)
    zone = ZoneInfo(node.settings.node.time_zone)
    body = written(name, [_event(row, tongue) for row in rows], zone)
    headers = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
    return Response(body, content_type=MEDIA_TYPE, headers=headers)


def _event(row: Row[*tuple[Any, ...]], tongue: Tongue) -> Event:
    host = urlsplit(this_node().settings.node.address).netloc
    return Event(
        uid=f"order-{row.uid}@{host}",
        title=tongue.gettext("Collect: %(title)s", title=row.title),
        begins=row.collect_from,
        ends=row.collect_until,
        written_at=row.changed_at,
        revision=row.version,
        place=", ".join(filter(None, (row.place, row.address))),
        text=tongue.gettext("Order %(number)s", number=row.number),
        url=outside_url("market.order", uid=row.uid),
    )
