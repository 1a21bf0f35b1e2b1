"""What may be read of shifts; names of helpers only for those who host them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from ....core.answers import PersonalData
from ....core.errors import NotFound
from ....core.models import Person, Space
from ..cycles.models import Cycle
from .models import Helper, Shift

AnyRow = Row[*tuple[Any, ...]]


def _shifts(person_id: int | None) -> Select[Any]:
    """Return shifts with ``taken``, ``offered`` (places that look for somebody else), ``mine``
    (since when the person has a place) and ``mine_offered``."""
    taken = (
        select(
            Helper.shift_id,
            func.count().label("taken"),
            func.count(Helper.offered_at).label("offered"),
        )
        .group_by(Helper.shift_id)
        .subquery()
    )
    mine = select(Helper).where(Helper.person_id == (person_id or 0)).subquery()
    return (
        select(
            *Shift.__table__.c,
            Space.slug.label("hub_slug"),
            Space.name.label("hub_name"),
            func.coalesce(taken.c.taken, 0).label("taken"),
            func.coalesce(taken.c.offered, 0).label("offered"),
            mine.c.taken_at.label("mine"),
            mine.c.offered_at.label("mine_offered"),
        )
        .join(Space, Space.id == Shift.hub_id)
        .outerjoin(taken, taken.c.shift_id == Shift.id)
        .outerjoin(mine, mine.c.shift_id == Shift.id)
        .order_by(Shift.starts_at, Shift.id)
    )


def coming_shifts(
    session: Session, now: datetime, *, hub_id: int | None = None, cycle_id: int | None = None,
    person_id: int | None = None, limit: int = 50,
) -> Sequence[AnyRow]:  # fmt: skip
    """Return the shifts of a hub or round that are not over and not called off, the next first."""
    query = _shifts(person_id).where(Shift.ends_at > now, Shift.called_off_at.is_(None))
    if hub_id is not None:
        query = query.where(Shift.hub_id == hub_id)
    if cycle_id is not None:
        query = query.where(Shift.cycle_id == cycle_id)
    return session.execute(query.limit(limit)).all()


def my_shifts(
    session: Session, person_id: int, now: datetime, *, limit: int = 20
) -> Sequence[AnyRow]:
    """Return the shifts in which a person has a place, those called off too."""
    query = _shifts(person_id).where(Shift.ends_at > now)
    mine = select(Helper.shift_id).where(Helper.person_id == person_id)
    return session.execute(query.where(Shift.id.in_(mine)).limit(limit)).all()


def shift_page(session: Session, shift_id: int, person_id: int | None = None) -> AnyRow:
    """Return one shift; NotFound if there is none."""
    found = session.execute(_shifts(person_id).where(Shift.id == shift_id)).one_or_none()
    if found is None:
        raise NotFound("There is no such shift.")
    return found


def helpers_of(session: Session, shift_ids: Collection[int]) -> Mapping[int, Sequence[AnyRow]]:
    """Return who helps in these shifts, by shift: name, phone, ``offered_at``."""
    rows = session.execute(
        select(Helper.shift_id, Person.name, Person.phone, Helper.offered_at)
        .join(Person, Person.id == Helper.person_id)
        .where(Helper.shift_id.in_(shift_ids))
        .order_by(Helper.taken_at, Helper.id)
    )
    found: dict[int, list[AnyRow]] = {}
    for row in rows:
        found.setdefault(row.shift_id, []).append(row)
    return found


def rounds_to_choose(session: Session, hub_id: int) -> Sequence[AnyRow]:
    """Return the rounds of a hub that are not settled, newest first: id, title, hours."""
    return session.execute(
        select(Cycle.id, Cycle.title, Cycle.collect_from, Cycle.collect_until)
        .where(Cycle.hub_id == hub_id, Cycle.state != "settled")
        .order_by(Cycle.id.desc())
        .limit(10)
    ).all()


def last_round_with_shifts(session: Session, hub_id: int, but: int) -> AnyRow | None:
    """Return the last round of a hub, other than ``but``, that had shifts: id, collect_from."""
    return session.execute(
        select(Cycle.id, Cycle.collect_from)
        .join(Shift, Shift.cycle_id == Cycle.id)
        .where(Cycle.hub_id == hub_id, Cycle.id != but, Shift.called_off_at.is_(None))
        .order_by(Cycle.collect_from.desc(), Cycle.id.desc())
        .limit(1)
    ).one_or_none()


def minutes_helped(session: Session, cycle_ids: Collection[int]) -> Mapping[int, int]:
    """Return how many minutes neighbours help or helped in each of these rounds."""
    rows = session.execute(
        select(
            Shift.cycle_id, Shift.starts_at, Shift.ends_at, func.count(Helper.id).label("helpers")
        )
        .join(Helper, Helper.shift_id == Shift.id)
        .where(Shift.cycle_id.in_(cycle_ids), Shift.called_off_at.is_(None))
        .group_by(Shift.id)
    )
    found: dict[int, int] = {}
    for row in rows:
        minutes = int((row.ends_at - row.starts_at).total_seconds()) // 60 * row.helpers
        found[row.cycle_id] = found.get(row.cycle_id, 0) + minutes
    return found


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return the shifts in which a person helps or helped, for them to take along."""
    query = (
        select(Space.name.label("hub"), Shift.title, Shift.starts_at, Shift.ends_at,
               Shift.called_off_at, Helper.taken_at, Helper.offered_at)
        .join(Shift, Shift.id == Helper.shift_id)
        .join(Space, Space.id == Shift.hub_id)
        .where(Helper.person_id == person_id)
        .order_by(Shift.starts_at, Shift.id)
    )  # fmt: skip
    return PersonalData.read(session, {"shifts": query})
