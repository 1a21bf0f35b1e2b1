"""Calendars that phones follow: of one event, of a space, of everybody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from flask import Response

from .....core.calendars import MEDIA_TYPE, Event, written
from .....core.web import outside_url, permitted, say, this_node
from .....core.web.prose import plain
from ...desks import open_space
from ...pages import blueprint
from .. import queries
from ..access import SEE, seen_event
from ..queries import AnyRow
from .times import zone

PAST = timedelta(days=60)
"""How long what is over stays in a calendar."""

_IN_AN_ENTRY = 1_000


@blueprint.get("/events/<int:event_id>.ics")
@permitted(SEE, alike=True)
def event_calendar(event_id: int) -> Response:
    """Send the dates of one event."""
    node = this_node()
    with node.db.read() as session:
        row = seen_event(session, event_id)
        rows = queries.for_calendars(session, node.clock.now() - PAST, event_id=event_id)
    return _sent(row.title, rows)


@blueprint.get("/spaces/<slug>/events.ics")
@permitted(SEE, alike=True)
def space_calendar(slug: str) -> Response:
    """Send the events of a space."""
    node = this_node()
    with node.db.read() as session:
        space = open_space(session, slug)
        rows = queries.for_calendars(session, node.clock.now() - PAST, space_id=space.id)
    return _sent(space.name, rows)


@blueprint.get("/calendar.ics")
@permitted(SEE, alike=True)
def whole_calendar() -> Response:
    """Send the events of everybody."""
    node = this_node()
    with node.db.read() as session:
        rows = queries.for_calendars(session, node.clock.now() - PAST)
    return _sent(say("Events at %(node)s", node=node.settings.node.name), rows)


def _sent(name: str, rows: Iterable[AnyRow]) -> Response:
    host = urlsplit(this_node().settings.node.address).netloc
    return Response(
        written(name, [_entry(row, host) for row in rows], zone()), content_type=MEDIA_TYPE
    )


def _entry(row: AnyRow, host: str) -> Event:
    return Event(
        uid=f"date-{row.id}@{host}",
        title=row.title,
        begins=row.starts_at,
        ends=row.ends_at,
        written_at=row.changed_at,
        revision=row.revision,
        place=", ".join(filter(None, (row.place or row.event_place, row.address))),
        text=plain(row.text, _IN_AN_ENTRY),
        url=outside_url("locality.event", event_id=row.event_id),
        called_off=row.called_off_at is not None,
    )
