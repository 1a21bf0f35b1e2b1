"""Kinds of membership, who is a member, what the treasurer chose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from .....core.models import Person
from ..models import Arrival, Due, DuesSettings, Member, MembershipKind
from ..rules import CAPITAL, LIVE, MEMBER

AnyRow = Row[*tuple[Any, ...]]
SIZE = 50


def settings(session: Session) -> DuesSettings:
    """Return what the treasurer chose, or what holds until then."""
    found = session.get(DuesSettings, 1)
    return found or DuesSettings(
        id=1, bank="", number="", holder="", due_day=25, year_ends=12, repay_months=3
    )


def kinds(session: Session, *, active: bool = True, limit: int = SIZE) -> Sequence[MembershipKind]:
    """Return the kinds of membership, in the order in which they were made."""
    query = select(MembershipKind).order_by(MembershipKind.id).limit(limit)
    if active:
        query = query.where(MembershipKind.active)
    return session.scalars(query).all()


def kind(session: Session, kind_id: int) -> MembershipKind:
    """Return a kind; NotFound if there is none of this number."""
    found = session.get(MembershipKind, kind_id)
    if found is None:
        raise NotFound("There is no such kind of membership.")
    return found


@dataclass(frozen=True, slots=True)
class Counted:
    """A kind with how many members of it there are."""

    kind: MembershipKind
    members: int


def counted(session: Session) -> list[Counted]:
    """Return the kinds that are open, and those that still have members, with their numbers."""
    rows = session.execute(
        select(Member.kind_id, func.count()).where(Member.state == MEMBER).group_by(Member.kind_id)
    )
    numbers = {row[0]: int(row[1]) for row in rows}
    return [
        Counted(each, numbers.get(each.id, 0))
        for each in kinds(session, active=False)
        if each.active or numbers.get(each.id)
    ]


def all_capital(session: Session) -> int:
    """Return the won of capital that are here, of all members together."""
    query = select(func.coalesce(func.sum(Arrival.amount), 0)).where(Arrival.what == CAPITAL)
    return int(session.scalar(query) or 0)


def member(session: Session, member_id: int, *, person_id: int | None = None) -> Member:
    """Return a member; NotFound if there is none, or if it is not this person's."""
    found = session.get(Member, member_id)
    if found is None or (person_id is not None and found.person_id != person_id):
        raise NotFound("There is no such member.")
    return found


def memberships(session: Session, person_id: int, *, limit: int = 20) -> Sequence[AnyRow]:
    """Return what a person is, was or wants to be a member of, the newest first: ``Member`` and
    ``MembershipKind``, how much is open, and how much of it is late is left to the page."""
    open_dues = _open_won().where(Due.member_id == Member.id).scalar_subquery()
    return session.execute(
        select(Member, MembershipKind, func.coalesce(open_dues, 0).label("open"))
        .join(MembershipKind, MembershipKind.id == Member.kind_id)
        .where(Member.person_id == person_id)
        .order_by(Member.state.in_(LIVE).desc(), Member.id.desc())
        .limit(limit)
    ).all()


def _open_won() -> Select[*tuple[Any, ...]]:
    return select(func.sum(Due.amount - Due.paid)).where(Due.waived_at.is_(None))


def listed(
    session: Session, state: str, *, before: int | None = None, limit: int = SIZE + 1
) -> Sequence[AnyRow]:
    """Return the members in a state for the treasurer, the newest first."""
    query = (
        select(Member.id, Member.state, Member.applied_at, Member.joined_at, Member.ended_at,
               Member.kept_name, Person.name, MembershipKind.name.label("kind"))
        .join(MembershipKind, MembershipKind.id == Member.kind_id)
        .outerjoin(Person, Person.id == Member.person_id)
        .where(Member.state == state)
        .order_by(Member.id.desc())
        .limit(limit)
    )  # fmt: skip
    return session.execute(query if before is None else query.where(Member.id < before)).all()


def states(session: Session) -> dict[str, int]:
    """Return how many members there are in each state."""
    rows = session.execute(select(Member.state, func.count()).group_by(Member.state))
    return {row[0]: int(row[1]) for row in rows}


def name_of(session: Session, found: Member) -> str:
    """Return who a member is, as the treasurer may know it."""
    if found.kept_name or found.person_id is None:
        return found.kept_name or "-"
    return session.get_one(Person, found.person_id).name
