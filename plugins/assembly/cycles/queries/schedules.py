"""The schedule of a hub, and what was carried over from its rounds."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from .....core.answers import PersonalData
from .....core.models import Person
from ....market import OrderLine
from ..models import Carried, Cycle, Schedule
from ..rules import State
from .rows import AnyRow


def schedule_of(session: Session, hub_id: int) -> AnyRow | None:
    """Return the schedule of a hub, None if its rounds are made by hand."""
    return session.execute(
        select(*Schedule.__table__.c).where(Schedule.hub_id == hub_id)
    ).one_or_none()


def carried_from(session: Session, cycle_id: int) -> Sequence[AnyRow]:
    """Return what was carried over from a round, by the residents' names: product, unit, quantity,
    ``state`` and the kept ``problem``."""
    return session.execute(
        select(
            Carried.line_id,
            Carried.state,
            Carried.problem,
            Carried.quantity,
            Person.name.label("person_name"),
            OrderLine.product_name,
            OrderLine.unit_label,
        )
        .join(OrderLine, OrderLine.id == Carried.line_id)
        .join(Person, Person.id == Carried.person_id)
        .where(Carried.from_cycle_id == cycle_id)
        .order_by(Person.name, Carried.line_id)
    ).all()


def carried_numbers(session: Session, hub_id: int) -> dict[str, int]:
    """Return how many lines carried over at a hub are in each state, of rounds that still run or
    that wait."""
    rows = session.execute(
        select(Carried.state, func.count().label("number"))
        .join(Cycle, Cycle.id == Carried.from_cycle_id)
        .where(Carried.hub_id == hub_id)
        .where(or_(Carried.state == "waiting", Cycle.state != State.SETTLED))
        .group_by(Carried.state)
    )
    return {row.state: row.number for row in rows}


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return what of a person's orders went over into a next round, for them to take along."""
    query = (
        select(Cycle.title.label("from_round"), OrderLine.product_name, Carried.quantity,
               Carried.state, Carried.at)
        .join(Cycle, Cycle.id == Carried.from_cycle_id)
        .join(OrderLine, OrderLine.id == Carried.line_id)
        .where(Carried.person_id == person_id)
        .order_by(Carried.line_id)
    )  # fmt: skip
    return PersonalData.read(session, {"carried-over": query})
