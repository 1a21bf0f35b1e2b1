"""Rounds that opened, as news."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from .....core.documents import Feed, FeedEntry
from .....core.models import Space
from .....core.values import At, Message, Text
from ..models import Cycle, CycleStep
from ..rules import State

_OPENED = Message("%(title)s at %(hub)s takes orders", {})
_TIMES = Message("Order until %(cut_off)s, collect from %(collect_from)s at %(place)s.", {})


def opened_rounds(zone: ZoneInfo) -> Feed:
    """Return the feed of the rounds that opened, with times told in this zone."""
    return Feed("rounds", Text("열린 회차", "Rounds that open"), partial(_entries, zone), order=10)


def _entries(zone: ZoneInfo, session: Session, limit: int) -> Sequence[FeedEntry]:
    opened = and_(CycleStep.cycle_id == Cycle.id, CycleStep.state == State.OPEN.value)
    rows = session.execute(
        select(
            Cycle.id, Cycle.title, Cycle.cut_off, Cycle.collect_from, Cycle.place, CycleStep.at,
            Space.name.label("hub"),
        )
        .join(CycleStep, opened)
        .join(Space, Space.id == Cycle.hub_id)
        .order_by(Cycle.id.desc())
        .limit(limit)
    )  # fmt: skip
    return [
        FeedEntry(
            name=f"round-{row.id}-opened",
            title=replace(_OPENED, values={"title": row.title, "hub": row.hub}),
            path=f"/rounds/{row.id}",
            at=row.at,
            text=replace(
                _TIMES,
                values={
                    "cut_off": At(row.cut_off, zone),
                    "collect_from": At(row.collect_from, zone),
                    "place": row.place,
                },
            ),
        )
        for row in rows
    ]
