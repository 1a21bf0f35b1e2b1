"""Rounds: one of them, those that run now, those of a hub, and how far one has come."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, literal, or_, select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from .....core.models import Person, Space
from .....core.statements import Listed, Statement
from ....market import Order
from ..models import Cycle, CycleStep, Point
from ..rules import State, occasion
from .rows import AnyRow

_CYCLE = Cycle.__table__.c
_RUNNING = tuple(state.value for state in State if state not in {State.DRAFT, State.SETTLED})


_HERE = ("place", "address", "collect_from", "collect_until")
_FURTHER = (
    select(func.count())
    .select_from(Point)
    .where(Point.cycle_id == Cycle.id)
    .scalar_subquery()
    .label("further")
)
"""At how many more hubs a round is collected."""


def _cycles() -> Select[Any]:
    return select(
        *_CYCLE, Space.slug.label("hub_slug"), Space.name.label("hub_name"), _FURTHER
    ).join(Space, Space.id == Cycle.hub_id)


_THESE = Listed(lambda ids: _cycles().where(Cycle.id.in_(ids)).order_by(Cycle.id))
_THIS = Statement(_cycles().where(Cycle.id == bindparam("cycle_id")))


def _at_hub(hub_id: int) -> Select[Any]:
    """Select the rounds that are collected at a hub, with place and hours as they are there."""
    point = Point.__table__.c
    columns = [column for column in _CYCLE if column.name not in _HERE]
    here = [func.coalesce(point[name], _CYCLE[name]).label(name) for name in _HERE]
    return (
        select(*columns, *here, Space.slug.label("hub_slug"), Space.name.label("hub_name"))
        .add_columns(literal(0).label("further"))
        .join(Space, Space.id == Cycle.hub_id)
        .outerjoin(Point, and_(Point.cycle_id == Cycle.id, Point.hub_id == hub_id))
        .where(or_(Cycle.hub_id == hub_id, Point.hub_id.is_not(None)))
    )


def cycle_page(session: Session, cycle_id: int) -> AnyRow:
    """Return a round with its hub's slug and name; NotFound if there is none."""
    found: AnyRow | None = _THIS.one_or_none(session, {"cycle_id": cycle_id})
    if found is None:
        raise NotFound("There is no such round.")
    return found


def cycles_of(session: Session, cycle_ids: Collection[int]) -> Sequence[AnyRow]:
    """Return those of these rounds that exist."""
    return _THESE.all(session, cycle_ids)


def current_rounds(
    session: Session, now: datetime, *, hub_id: int | None = None, limit: int = 20
) -> Sequence[AnyRow]:
    """Return the rounds that were opened and are not settled: by their cut-off, open ones first.

    ``hub_id``: those that are collected at this hub, with place and hours as they are there.
    """
    over = Cycle.cut_off <= now
    query = _cycles() if hub_id is None else _at_hub(hub_id)
    query = query.where(Cycle.state.in_(_RUNNING))
    return session.execute(query.order_by(over, Cycle.cut_off, Cycle.id).limit(limit)).all()


def changeable_rounds(session: Session, now: datetime, *, limit: int = 50) -> Sequence[AnyRow]:
    """Return the rounds whose offers may still change: drafts and those that take orders."""
    states = (State.DRAFT.value, State.OPEN.value)
    query = _cycles().where(Cycle.state.in_(states), Cycle.cut_off > now)
    return session.execute(query.order_by(Cycle.cut_off, Cycle.id).limit(limit)).all()


def occasions_taking_orders(session: Session) -> list[str]:
    """Return the names of the rounds that are open: what is ordered in them is not sent yet."""
    open_now = select(Cycle.id).where(Cycle.state == State.OPEN.value).order_by(Cycle.id)
    return [occasion(cycle_id) for cycle_id in session.scalars(open_now)]


def any_round(session: Session) -> bool:
    """Say whether a round was ever opened here."""
    found = select(Cycle.id).where(Cycle.state != State.DRAFT.value).limit(1)
    return session.scalar(found) is not None


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


def public_rounds_at(session: Session, hub_id: int, *, limit: int) -> Sequence[AnyRow]:
    """Return the rounds collected at a hub that everyone may see, newest first, with place and
    hours as they are there."""
    query = _at_hub(hub_id).where(Cycle.state != State.DRAFT)
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


def further_hubs(session: Session, cycle_id: int) -> list[int]:
    """Return the ids of the hubs at which a round is collected besides its own."""
    return list(
        session.scalars(
            select(Point.hub_id).where(Point.cycle_id == cycle_id).order_by(Point.hub_id)
        )
    )
