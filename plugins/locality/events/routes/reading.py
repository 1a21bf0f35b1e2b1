"""An event as everyone sees it, and the events of a space."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for

from .....core.web import (
    Shared,
    hidden_notice,
    permitted,
    place,
    shared,
    thing,
    this_node,
    this_viewer,
    whole_url,
)
from .....core.web.prose import plain
from ...desks import Desk, open_space
from ...pages import blueprint
from .. import queries
from ..access import HOLDING, SEE, seen_event
from ..queries import AnyRow, is_public
from ..rules import free_seats, subject_of

_IN_A_LINE = 200
_SHOWN = 30
_STATUS = {
    True: "https://schema.org/EventCancelled", False: "https://schema.org/EventScheduled",
}  # fmt: skip


@blueprint.get("/spaces/<slug>/events")
@permitted(SEE, alike=True)
def space_events(slug: str) -> Any:
    """List the coming events of a space; to those who run it also what is in preparation."""
    node = this_node()
    with node.db.read() as session:
        space = open_space(session, slug)
        desk = Desk(space.id, space.slug, space.name)
        holds = HOLDING.held(space.id) and not space.home
        rows = queries.coming(session, node.clock.now(), space_id=space.id, limit=_SHOWN)
        drafts = queries.drafts(session, space.id) if holds else ()
    return render_template(
        "locality/events/space.html", desk=desk, dates=rows, holds=holds, drafts=drafts
    )


@blueprint.get("/events/<int:event_id>")
@permitted(SEE, alike=True)
def event(event_id: int) -> Any:
    """Show an event with its dates; those that are not public only to who holds them."""
    node = this_node()
    with node.db.read() as session:
        row = queries.event_page(session, event_id)
        holds = HOLDING.held(row.space_id)
        if row.hidden_at is not None and not holds:
            return hidden_notice(session, subject_of(event_id))
        row = seen_event(session, event_id)
        dates = queries.dates_of(session, event_id, since=node.clock.now())
        viewer = this_viewer()
        own = queries.my_states(session, event_id, viewer.id) if viewer else {}
    head = _shared(row, dates) if is_public(row) else None
    return render_template(
        "locality/events/event.html", event=row, dates=dates, holds=holds, shared=head,
        left=free_seats, now=node.clock.now(), own=own,
    )  # fmt: skip


def _shared(row: AnyRow, dates: Any) -> Shared:
    shown = [_occurrence(row, date) for date in dates]
    data = shown[0] if len(shown) == 1 else thing(
        "EventSeries", name=row.title, url=_url(row), subEvent=shown)  # fmt: skip
    return shared(
        "locality.event", row.title, plain(row.text, _IN_A_LINE), card=("event", row.event_id),
        kind="event", data=data, event_id=row.event_id,
    )  # fmt: skip


def _url(row: AnyRow) -> str:
    return whole_url(url_for("locality.event", event_id=row.event_id))


def _occurrence(row: AnyRow, date: AnyRow) -> dict[str, Any]:
    """Return one date in the words of schema.org."""
    where = date.place or row.event_place
    host = place(row.space_name, url=whole_url(url_for("core.space", slug=row.space_slug)),
                 kind=row.space_kind) if row.space_slug else None  # fmt: skip
    ways = {(True, True): "Mixed", (True, False): "Offline"}
    way = ways.get((bool(where), bool(row.online_url)), "Online")
    return thing(
        "Event", name=row.title, url=_url(row), startDate=date.starts_at, endDate=date.ends_at,
        description=plain(row.text, 500), organizer=host,
        eventStatus=_STATUS[date.called_off_at is not None],
        eventAttendanceMode=f"https://schema.org/{way}EventAttendanceMode",
        location=thing("Place", name=where, address=row.address)
        if where else thing("VirtualLocation", url=_url(row)),
        maximumAttendeeCapacity=row.capacity,
    )  # fmt: skip
