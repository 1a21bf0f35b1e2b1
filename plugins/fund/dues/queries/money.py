"""What members owe, what has come of them, their capital and what is given back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from .....core.models import Person
from ..models import (
    Arrival,
    CapitalReturn,
    Due,
    Member,
    MembershipKind,
    Purchase,
    ShareCertificate,
)
from ..rules import CAPITAL, DUES, WANTED
from .members import SIZE, AnyRow


def is_open() -> ColumnElement[bool]:
    """Return the condition that something of a due is still to be paid."""
    return Due.waived_at.is_(None) & (Due.paid < Due.amount)


def received(session: Session, member_id: int, what: str = DUES) -> int:
    """Return the won of a member that have come for dues or for capital, less what went back."""
    query = select(func.coalesce(func.sum(Arrival.amount), 0)).where(
        Arrival.member_id == member_id, Arrival.what == what
    )
    return int(session.scalar(query) or 0)


def capital(session: Session, member_id: int) -> int:
    """Return the capital of a member that is here."""
    return received(session, member_id, CAPITAL)


def credit(session: Session, member_id: int) -> int:
    """Return what a member has paid beyond their dues so far."""
    paid = session.scalar(
        select(func.coalesce(func.sum(Due.paid), 0)).where(Due.member_id == member_id)
    )
    return received(session, member_id) - int(paid or 0)


def open_won(session: Session, member_id: int) -> int:
    """Return what a member has still to pay."""
    query = select(func.coalesce(func.sum(Due.amount - Due.paid), 0)).where(
        Due.member_id == member_id, is_open()
    )
    return int(session.scalar(query) or 0)


def dues(
    session: Session, member_id: int, *, before: int | None = None, limit: int = 24
) -> Sequence[Due]:
    """Return the dues of a member, the newest first."""
    query = select(Due).where(Due.member_id == member_id).order_by(Due.id.desc()).limit(limit)
    return session.scalars(query if before is None else query.where(Due.id < before)).all()


def due(session: Session, due_id: int, *, lock: bool = False) -> Due:
    """Return a due; NotFound if there is none of this number."""
    found = session.get(Due, due_id, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise NotFound("There is no such due.")
    return found


def arrivals(session: Session, member_id: int, *, limit: int = 60) -> Sequence[AnyRow]:
    """Return the money of a member that came and went, the newest first; ``undone`` by a row."""
    undoing = select(Arrival.reverses_id).where(Arrival.reverses_id.is_not(None))
    return session.execute(
        select(*Arrival.__table__.c, Arrival.id.in_(undoing).label("undone"))
        .where(Arrival.member_id == member_id)
        .order_by(Arrival.id.desc())
        .limit(limit)
    ).all()


def arrears(
    session: Session, today: date, *, pleas: bool = False, after: tuple[date, int] | None = None,
    limit: int = SIZE + 1,
) -> Sequence[AnyRow]:  # fmt: skip
    """Return what is late by ``today``, the oldest first; ``pleas``: what somebody asks to be let
    off instead, late or not."""
    query = (
        select(Due.id, Due.member_id, Due.period, Due.every, Due.due_on, Due.told, Due.plea,
               (Due.amount - Due.paid).label("open"), Person.name, Member.kept_name, Member.code,
               MembershipKind.name.label("kind"))
        .join(Member, Member.id == Due.member_id)
        .join(MembershipKind, MembershipKind.id == Member.kind_id)
        .outerjoin(Person, Person.id == Member.person_id)
        .where(is_open())
        .order_by(Due.due_on, Due.id)
        .limit(limit)
    )  # fmt: skip
    if pleas:
        query = query.where(Due.plea_at.is_not(None), Due.answered_at.is_(None))
    else:
        query = query.where(Due.due_on < today)
    if after is not None:
        day, number = after
        query = query.where(or_(Due.due_on > day, (Due.due_on == day) & (Due.id > number)))
    return session.execute(query).all()


def late_sums(session: Session, today: date) -> tuple[int, int]:
    """Return how many dues are late, and how many won that is together."""
    row = session.execute(
        select(func.count(), func.coalesce(func.sum(Due.amount - Due.paid), 0)).where(
            is_open(), Due.due_on < today
        )
    ).one()
    return int(row[0]), int(row[1])


def pleas_waiting(session: Session) -> int:
    """Return how many wait for an answer who ask to be let off."""
    waits = (is_open(), Due.plea_at.is_not(None), Due.answered_at.is_(None))
    return int(session.scalar(select(func.count()).where(*waits)) or 0)


def register(
    session: Session, *, after: int | None = None, limit: int = SIZE + 1
) -> Sequence[AnyRow]:
    """Return the register of shares: whoever has capital here, by the time of joining."""
    held = (
        select(Arrival.member_id, func.sum(Arrival.amount).label("won"))
        .where(Arrival.what == CAPITAL)
        .group_by(Arrival.member_id)
        .having(func.sum(Arrival.amount) > 0)
        .subquery()
    )
    query = (
        select(Member.id, Member.state, Member.joined_at, Member.ended_at, Member.kept_name,
               Member.kept_contact, Person.name, MembershipKind.name.label("kind"),
               MembershipKind.unit, held.c.won, CapitalReturn.due_on)
        .join(held, held.c.member_id == Member.id)
        .join(MembershipKind, MembershipKind.id == Member.kind_id)
        .outerjoin(Person, Person.id == Member.person_id)
        .outerjoin(CapitalReturn, CapitalReturn.member_id == Member.id)
        .order_by(Member.id)
        .limit(limit)
    )  # fmt: skip
    return session.execute(query if after is None else query.where(Member.id > after)).all()


def return_of(session: Session, member_id: int, *, lock: bool = False) -> CapitalReturn | None:
    """Return what is given back to a member who left, if there is anything."""
    return session.get(
        CapitalReturn, member_id, with_for_update=lock or None, populate_existing=lock
    )


def purchases(session: Session, member_id: int, *, limit: int = 20) -> Sequence[Purchase]:
    """Return the shares that a member still wants to pay in."""
    return session.scalars(
        select(Purchase)
        .where(Purchase.member_id == member_id, Purchase.state == WANTED)
        .order_by(Purchase.id.desc())
        .limit(limit)
    ).all()


def purchase(session: Session, purchase_id: int, *, lock: bool = False) -> Purchase:
    """Return shares that somebody wants; NotFound if there are none of this number."""
    found = session.get(Purchase, purchase_id, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise NotFound("There are no such shares.")
    return found


def certificates(
    session: Session, member_id: int, *, limit: int = 10
) -> Sequence[ShareCertificate]:
    """Return the certificates of a member, the newest first."""
    return session.scalars(
        select(ShareCertificate)
        .where(ShareCertificate.member_id == member_id)
        .order_by(ShareCertificate.id.desc())
        .limit(limit)
    ).all()


def certificate_by(session: Session, code: str) -> ShareCertificate | None:
    """Return the certificate of this code, None if there is none."""
    return session.scalars(
        select(ShareCertificate).where(ShareCertificate.code == code)
    ).one_or_none()


def open_of(session: Session, member_ids: Collection[int]) -> dict[int, int]:
    """Return what each of these members has still to pay."""
    rows = session.execute(
        select(Due.member_id, func.sum(Due.amount - Due.paid))
        .where(Due.member_id.in_(member_ids), is_open())
        .group_by(Due.member_id)
    )
    return {row[0]: int(row[1]) for row in rows}
