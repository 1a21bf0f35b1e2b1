"""What may be read of shifts; names of helpers only for those who host them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from sqlalchemy import Row, and_, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from ....core.answers import Joined, PersonalData
from ....core.errors import NotFound
from ....core.models import Person, Space
from ....core.statements import Statement
from ....core.values import Message
from ..cycles.models import Cycle
from .models import Helper, Shift

AnyRow = Row[*tuple[Any, ...]]


def _number(counted: Any) -> Any:
    """Count a shift's places; of those shifts alone that are shown, not of all there ever were."""
    return select(counted).where(Helper.shift_id == Shift.id).scalar_subquery()


_mine = aliased(Helper)
_SHIFTS = (
    select(
        *Shift.__table__.c,
        Space.slug.label("hub_slug"),
        Space.name.label("hub_name"),
        _number(func.count()).label("taken"),
        _number(func.count(Helper.offered_at)).label("offered"),
        _mine.taken_at.label("mine"),
        _mine.offered_at.label("mine_offered"),
    )
    .join(Space, Space.id == Shift.hub_id)
    .outerjoin(_mine, and_(_mine.shift_id == Shift.id, _mine.person_id == bindparam("person_id")))
    .order_by(Shift.starts_at, Shift.id)
)
"""Shifts with ``taken``, ``offered`` (places that look for somebody else), ``mine`` (since when
the person has a place) and ``mine_offered``."""

# Made once: the page of a round asks for its shifts each time.
_NOT_OVER = _SHIFTS.where(Shift.ends_at > bindparam("now")).limit(bindparam("most"))
_COMING = _NOT_OVER.where(Shift.called_off_at.is_(None))
_OF_HUB = Statement(_COMING.where(Shift.hub_id == bindparam("hub_id")))
_OF_CYCLE = Statement(_COMING.where(Shift.cycle_id == bindparam("cycle_id")))
_MINE = Statement(_NOT_OVER.where(_mine.id.is_not(None)))
_ONE = Statement(_SHIFTS.where(Shift.id == bindparam("shift_id")))


def coming_shifts(
    session: Session, now: datetime, *, hub_id: int | None = None, cycle_id: int | None = None,
    person_id: int | None = None, limit: int = 50,
) -> Sequence[AnyRow]:  # fmt: skip
    """Return the shifts of a hub or else of a round that are not over and not called off, the
    next first."""
    asked = {"now": now, "most": limit, "person_id": person_id or 0}
    if hub_id is not None:
        return _OF_HUB.all(session, {**asked, "hub_id": hub_id})
    return _OF_CYCLE.all(session, {**asked, "cycle_id": cycle_id})


def my_shifts(
    session: Session, person_id: int, now: datetime, *, limit: int = 20
) -> Sequence[AnyRow]:
    """Return the shifts in which a person has a place, those called off too."""
    return _MINE.all(session, {"now": now, "most": limit, "person_id": person_id})


def shift_page(session: Session, shift_id: int, person_id: int | None = None) -> AnyRow:
    """Return one shift; NotFound if there is none."""
    asked = {"shift_id": shift_id, "person_id": person_id or 0}
    found: AnyRow | None = _ONE.one_or_none(session, asked)
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


def joined(session: Session, person_id: int, since: datetime, until: datetime) -> Sequence[Joined]:
    """Return the shifts in which a person helps or helped, as lines of their own calendar."""
    rows = session.execute(
        select(Shift.title, Shift.starts_at, Shift.ends_at, Space.name, Space.slug)
        .join(Helper, Helper.shift_id == Shift.id)
        .join(Space, Space.id == Shift.hub_id)
        .where(
            Helper.person_id == person_id, Shift.called_off_at.is_(None),
            Shift.starts_at >= since, Shift.starts_at < until,
        )
        .order_by(Shift.starts_at, Shift.id)
        .limit(500)
    )  # fmt: skip
    kind = Message("Helping in a shift", {})
    return [
        Joined(row.title, kind, row.starts_at, row.ends_at, f"/hubs/{quote(row.slug)}/shifts",
               row.name, gave=True)
        for row in rows
    ]  # fmt: skip


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
