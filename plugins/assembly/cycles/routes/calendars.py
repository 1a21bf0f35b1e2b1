"""A hub's rounds as a calendar that phones follow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from flask import Response

from .....core.calendars import MEDIA_TYPE, Event, written
from .....core.web import outside_url, permitted, say, this_node
from ...pages import blueprint
from .. import queries
from ..queries import AnyRow
from .access import SEE, zone

MOST = 40
"""Rounds in a calendar, the newest."""


@blueprint.get("/hubs/<slug>/rounds.ics")
@permitted(SEE, alike=True)
def hub_calendar(slug: str) -> Any:
    """Send when each round that is collected at a hub opens, closes and is collected."""
    with this_node().db.read() as session:
        hub = queries.hub_page(session, slug)
        rows = queries.public_rounds_at(session, hub.id, limit=MOST)
    events = [event for row in rows for event in _events(row, hub.id)]
    return Response(written(hub.name, events, zone()), content_type=MEDIA_TYPE)


def _events(row: AnyRow, hub_id: int) -> Iterator[Event]:
    """Yield the three times of a round; their names tell also at which hub it is collected."""
    host = urlsplit(this_node().settings.node.address).netloc
    place = ", ".join(filter(None, (row.place, row.address)))
    for what, title, begins, ends in (
        ("opens", say("%(title)s: orders open", title=row.title), row.opens_at, None),
        ("cut-off", say("%(title)s: last orders", title=row.title), row.cut_off, None),
        ("collect", say("%(title)s: collection", title=row.title), row.collect_from,
         row.collect_until),
    ):  # fmt: skip
        yield Event(
            uid=f"round-{row.id}-{hub_id}-{what}@{host}",
            title=title,
            begins=begins,
            ends=ends,
            written_at=row.created_at,
            revision=row.version,
            place=place if what == "collect" else "",
            url=outside_url("assembly.round_page", cycle_id=row.id),
        )
