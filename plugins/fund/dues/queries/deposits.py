"""What can be read of banks' files, and what the deposits in them may be for."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from .....core.errors import Invalid, NotFound
from .....core.members import email_form
from .....core.models import Person
from .....core.values import Message
from ..models import Arrival, BankFile, Deposit, Due, Member, Purchase
from ..rules import CAPITAL, DROPPED, DUES, MEMBER, WANTED, Claim
from .members import SIZE, AnyRow
from .money import is_open


def claims(session: Session) -> list[Claim]:
    """Return what deposits may be for: dues of members and of those who left with some open, and
    shares that are wanted or were paid."""
    owed = (
        select(Due.member_id, func.sum(Due.amount - Due.paid).label("won"))
        .where(is_open())
        .group_by(Due.member_id)
        .subquery()
    )
    rows = session.execute(
        select(Member.id, Member.code, Member.kept_name, Person.name, owed.c.won)
        .outerjoin(owed, owed.c.member_id == Member.id)
        .outerjoin(Person, Person.id == Member.person_id)
        .where(or_(Member.state == MEMBER, owed.c.won.is_not(None)))
        .order_by(Member.id)
    )
    found = [
        Claim(DUES, row.id, row.code, row.kept_name or row.name or "", int(row.won or 0))
        for row in rows
    ]
    bought = session.execute(
        select(Purchase.id, Purchase.member_id, Purchase.code, Purchase.amount, Purchase.state,
               Person.name)
        .join(Member, Member.id == Purchase.member_id)
        .outerjoin(Person, Person.id == Member.person_id)
        .where(Purchase.state != DROPPED)
        .order_by(Purchase.id)
    )  # fmt: skip
    return found + [
        Claim(CAPITAL, row.member_id, row.code, row.name or "", row.amount, row.id,
              row.state != WANTED)
        for row in bought
    ]  # fmt: skip


def deposits(
    session: Session, among: Sequence[str], *, file_id: int | None = None,
    before: int | None = None, limit: int = SIZE + 1,
) -> Sequence[AnyRow]:  # fmt: skip
    """Return the deposits in these states, the newest first, with whose they became."""
    undoing = select(Arrival.reverses_id).where(Arrival.reverses_id.is_not(None))
    whose = (
        select(Person.name)
        .join(Member, Member.person_id == Person.id)
        .join(Arrival, Arrival.member_id == Member.id)
        .where(Arrival.deposit_id == Deposit.id, Arrival.amount > 0, Arrival.id.not_in(undoing))
        .limit(1)
        .scalar_subquery()
    )
    query = select(*Deposit.__table__.c, whose.label("person")).where(Deposit.state.in_(among))
    if file_id is not None:
        query = query.where(Deposit.file_id == file_id)
    if before is not None:
        query = query.where(Deposit.id < before)
    return session.execute(query.order_by(Deposit.id.desc()).limit(limit)).all()


def deposit(session: Session, deposit_id: int, *, lock: bool = False) -> Deposit:
    """Return a deposit; NotFound if there is none of this number."""
    found = session.get(Deposit, deposit_id, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise NotFound("There is no such deposit.")
    return found


def numbers(session: Session) -> dict[str, int]:
    """Return how many deposits are in each state."""
    rows = session.execute(select(Deposit.state, func.count()).group_by(Deposit.state))
    return {row[0]: int(row[1]) for row in rows}


def bank_file(session: Session, file_id: int) -> BankFile:
    """Return a bank's file; NotFound if there is none of this number."""
    found = session.get(BankFile, file_id)
    if found is None:
        raise NotFound("There is no such file.")
    return found


def booked_as(session: Session, deposit_id: int) -> Arrival | None:
    """Return the money that a deposit brought a member, None if it stands no more."""
    undoing = select(Arrival.reverses_id).where(Arrival.reverses_id.is_not(None))
    return session.scalars(
        select(Arrival)
        .where(Arrival.deposit_id == deposit_id, Arrival.amount > 0, Arrival.id.not_in(undoing))
        .order_by(Arrival.id.desc())
        .limit(1)
    ).one_or_none()


def claim_of(session: Session, text: str) -> Claim:
    """Return what a code stands for, or the dues of the member with this e-mail address; Invalid
    if there is none, or more than one."""
    code, email = text.strip().upper(), email_form(text)
    found = [claim for claim in claims(session) if claim.code == code]
    if not found:
        ids = set(
            session.scalars(
                select(Member.id)
                .join(Person, Person.id == Member.person_id)
                .where(Person.email == email, Member.state == MEMBER)
            )
        )
        found = [each for each in claims(session) if each.what == DUES and each.member_id in ids]
    if len(found) != 1:
        why = Message("No member has this code or address. Please look at the list of members.", {})
        raise Invalid({"receiver": [why]})
    return found[0]
