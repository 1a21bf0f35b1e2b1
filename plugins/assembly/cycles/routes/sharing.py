"""What the page of a round tells those who link to it, and programs: the day of collection."""

from __future__ import annotations

from dataclasses import replace

from flask import url_for

from .....core.values import At, Message
from .....core.web import Shared, place, shared, thing, this_node, this_tongue, whole_url
from ..queries import AnyRow, HubPage
from ..rules import State
from .access import zone

_TIMES = Message("Order until %(cut_off)s, collect from %(collect_from)s at %(place)s.", {})


def shared_round(row: AnyRow, hub: HubPage) -> Shared | None:
    """Return the head of a round's page; nothing while it is being prepared."""
    if row.state == State.DRAFT:
        return None
    times = {
        "cut_off": At(row.cut_off, zone()),
        "collect_from": At(row.collect_from, zone()),
        "place": row.place,
    }
    text = this_tongue().say(replace(_TIMES, values=times))
    return shared(
        "assembly.round_page", row.title, text, card=("round", row.id), data=_data(row, hub, text),
        cycle_id=row.id,
    )  # fmt: skip


def _data(row: AnyRow, hub: HubPage, text: str) -> dict[str, object]:
    here = place(
        row.place, url=whole_url(url_for("core.space", slug=hub.slug)), kind="hub",
        province=hub.province, county=hub.county, address=row.address,
    )  # fmt: skip
    organiser = place(this_node().settings.node.name, url=whole_url("/"))
    return thing(
        "Event",
        name=row.title,
        description=text,
        startDate=row.collect_from.astimezone(zone()),
        endDate=row.collect_until.astimezone(zone()),
        eventAttendanceMode="https://schema.org/OfflineEventAttendanceMode",
        eventStatus="https://schema.org/EventScheduled",
        location={**here, "@type": "Place"},
        organizer=organiser,
        url=whole_url(url_for("assembly.round_page", cycle_id=row.id)),
    )
