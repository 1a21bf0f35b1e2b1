"""The hubs at which a round is collected."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from .....core.models import Space
from .....core.statements import Statement
from ..models import Cycle, Point
from .rows import AnyRow

_POINTS = Statement(
    select(*Point.__table__.c, Space.slug, Space.name)
    .join(Space, Space.id == Point.hub_id)
    .where(Point.cycle_id == bindparam("cycle_id"))
    .order_by(Space.name, Space.id)
)


def points_of(session: Session, cycle_id: int) -> Sequence[AnyRow]:
    """Return the further hubs of a round by name: ``hub_id``, slug, name, place, address and the
    hours."""
    return _POINTS.all(session, {"cycle_id": cycle_id})


def rounds_collected_at(session: Session, hub_id: int, *, limit: int = 10) -> Sequence[AnyRow]:
    """Return the rounds of other hubs that are collected at this one too, newest first: id, title,
    state, ``hub_name`` of the hub that runs them, and the hours here."""
    return session.execute(
        select(
            Cycle.id,
            Cycle.title,
            Cycle.state,
            Space.name.label("hub_name"),
            Point.collect_from,
            Point.collect_until,
        )
        .join(Point, Point.cycle_id == Cycle.id)
        .join(Space, Space.id == Cycle.hub_id)
        .where(Point.hub_id == hub_id, Cycle.state != "draft")
        .order_by(Cycle.id.desc())
        .limit(limit)
    ).all()
