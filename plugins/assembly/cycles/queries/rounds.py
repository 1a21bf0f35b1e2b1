"""Rounds: one of them, those that run now, those of a hub, and how far one has come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from .....core.models import Person, Space
from ....market import Order
from ..models import Cycle, CycleStep
from ..rules import State, occasion
from .rows import AnyRow

_CYCLE = Cycle.__table__.c
_RUNNING = tuple(state.value for state in State if state not in {State.DRAFT, State.SETTLED})


def _cycles() -> Select[Any]:
    return select(*_CYCLE, Space.slug.label("hub_slug"), Space.name.label("hub_name")).join(
        Space, Space.id == Cycle.hub_id
    )


def cycle_page(session: Session, cycle_id: int) -> AnyRow:
    """Return a round with its hub's slug and name; NotFound if there is none."""
    found = session.execute(_cycles().where(Cycle.id == cycle_id)).one_or_none()
    if found is None:
        raise NotFound("There is no such round.")
    return found


def current_rounds(
    session: Session, now: datetime, *, hub_id: int | None = None, limit: int = 20
) -> Sequence[AnyRow]:
    """Return the rounds that were opened and are not settled: by their cut-off, open ones first."""
    over = Cycle.cut_off <= now
    query = _cycles().where(Cycle.state.in_(_RUNNING))
    if hub_id is not None:
        query = query.where(Cycle.hub_id == hub_id)
    return session.execute(query.order_by(over, Cycle.cut_off, Cycle.id).limit(limit)).all()


def earlier_rounds(
    session: Session, *, hub_id: int | None = None, before: int | None = None, limit: int = 20
) -> Sequence[AnyRow]:
    """Return settled rounds, newest first, below the id ``before``."""
    query = _cycles().where(Cycle.state == State.SETTLED)
    if hub_id is not None:
        query = query.where(Cycle.hub_id == hub_id)
    if before is not None:
        query = query.where(Cycle.id < before)
    return session.execute(query.order_by(Cycle.id.desc()).limit(limit)).all()


def hub_rounds(
    session: Session, hub_id: int, *, before: int | None = None, limit: int = 20
) -> Sequence[AnyRow]:
    """Return all rounds of a hub, drafts too, newest first, below the id ``before``."""
    query = _cycles().where(Cycle.hub_id == hub_id)
    if before is not None:
        query = query.where(Cycle.id < before)
    return session.execute(query.order_by(Cycle.id.desc()).limit(limit)).all()


def last_round(session: Session, hub_id: int) -> AnyRow | None:
    """Return the round of a hub that was made last."""
    return session.execute(
        _cycles().where(Cycle.hub_id == hub_id).order_by(Cycle.id.desc()).limit(1)
    ).one_or_none()


def steps_taken(session: Session, cycle_id: int) -> dict[State, AnyRow]:
    """Return when each state was entered and by whom (``at``, ``name``), in order."""
    rows = session.execute(
        select(CycleStep.state, CycleStep.at, Person.name)
        .outerjoin(Person, Person.id == CycleStep.actor_id)
        .where(CycleStep.cycle_id == cycle_id)
        .order_by(CycleStep.at)
    )
    return {State(row.state): row for row in rows}


def waiting_orders(session: Session, cycle_id: int) -> int:
    """Return how many orders are neither handed over nor withdrawn nor marked as not collected."""
    count = select(func.count()).select_from(Order)
    return int(
        session.scalar(count.where(Order.occasion == occasion(cycle_id), Order.state == "placed"))
        or 0
    )
