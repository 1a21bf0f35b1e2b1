"""When rounds are collected, as lines of the neighbourhood's calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from .....core.answers import Happening
from .....core.values import Message
from ..models import Cycle, Point
from ..rules import State

MOST = 500
_KIND = Message("Collecting orders", {})


def happenings(session: Session, since: datetime, until: datetime) -> Sequence[Happening]:
    """Return the hours of collection between two instants, at every hub, the earliest first."""
    own = select(
        Cycle.id, Cycle.title, Cycle.hub_id, Cycle.place, Cycle.collect_from, Cycle.collect_until
    ).where(Cycle.state != State.DRAFT.value)
    further = (
        select(
            Cycle.id, Cycle.title, Point.hub_id, Point.place, Point.collect_from,
            Point.collect_until,
        )
        .join(Cycle, Cycle.id == Point.cycle_id)
        .where(Cycle.state != State.DRAFT.value)
    )  # fmt: skip
    found = union_all(
        own.where(Cycle.collect_until > since, Cycle.collect_from < until),
        further.where(Point.collect_until > since, Point.collect_from < until),
    ).subquery()
    rows = session.execute(
        select(found).order_by(found.c.collect_from, found.c.id, found.c.hub_id).limit(MOST)
    )
    return [
        Happening(
            row.title, _KIND, f"/rounds/{row.id}", row.collect_from, row.collect_until, row.place,
            row.hub_id,
        )
        for row in rows
    ]  # fmt: skip
