"""Reading events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from .....core.errors import NotFound
from .....core.web import this_node
from .....core.web.api import Listing, api, listed, mark
from ...desks import open_space
from ...pages import blueprint
from .. import queries
from ..access import SEE
from ..queries import AnyRow, is_public
from ..rules import free_seats
from .shapes import EventDateSchema, EventsAsked, EventSchema

TAG = mark("Events")


@blueprint.get("/api/v1/events")
@api(
    SEE, mark("Coming dates of events, the next first"), TAG,
    asks=EventsAsked(), gives=EventDateSchema(), pages=True,
)  # fmt: skip
def api_events(asked: Mapping[str, Any]) -> Listing:
    """List the dates to come that take place."""
    node, limit = this_node(), asked["limit"]
    with node.db.read() as session:
        space_id = open_space(session, asked["space"]).id if asked["space"] else None
        rows = queries.coming(
            session, node.clock.now(), space_id=space_id, after=_place(asked["cursor"]),
            limit=limit + 1,
        )  # fmt: skip
    page = listed(rows, limit, lambda row: (row.starts_at.isoformat(), row.id))
    return Listing([{**_date(row, row), "space": _host(row)} for row in page.rows], page.place)


def _place(cursor: tuple[str, int] | None) -> tuple[datetime, int] | None:
    return queries.read_place(*cursor) if cursor else None


def _host(row: AnyRow) -> dict[str, str] | None:
    return {"slug": row.space_slug, "name": row.space_name} if row.space_slug else None


def _date(row: AnyRow, event: AnyRow) -> dict[str, Any]:
    return {
        **row._asdict(),
        "place": row.place or event.event_place,
        "called_off": row.called_off_at is not None,
        "places_left": free_seats(event.capacity, row),
    }


@blueprint.get("/api/v1/events/<int:event_id>")
@api(SEE, mark("One event with its dates to come"), TAG, gives=EventSchema())
def api_event(event_id: int) -> Mapping[str, Any]:
    """Show an event that everyone may see."""
    node = this_node()
    with node.db.read() as session:
        row = queries.event_page(session, event_id)
        if not is_public(row):
            raise NotFound("There is no such event.")
        dates = queries.dates_of(session, event_id, since=node.clock.now())
    return {**row._asdict(), "space": _host(row), "dates": [_date(each, row) for each in dates]}
