"""What can be read of banks' files and deposits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import Session

from ....core.errors import NotFound, Refused
from ....core.members import find_person
from ....core.models import Person
from ..accounts.rules import TRANSFER, tail_of
from ..orders.models import Order
from ..orders.queries import dues
from ..orders.rules import PLACED
from .models import BankFile, Deposit
from .rules import Claim

AnyRow = Row[*tuple[Any, ...]]
WAITING = ("ambiguous", "unmatched")
BOOKED = ("matched", "given")


def claims(session: Session, numbers: Collection[str] = ()) -> list[Claim]:
    """Return the orders for which a deposit may come: those that wait and are to be paid by
    transfer, and whatever other orders have these numbers."""
    waiting = (Order.state == PLACED) & Order.paid_at.is_(None)
    rows = session.execute(
        select(
            Order.id,
            Order.person_id,
            Order.number,
            Order.person_name,
            waiting.label("open"),
        )
        .where(
            or_(waiting & (Order.payment_provider == TRANSFER), Order.number.in_(numbers)),
        )
        .order_by(Order.id)
    ).all()
    owed = dues(session, [row.id for row in rows if row.open])
    return [
        Claim(row.id, row.person_id, row.number, row.person_name,
              owed[row.id].cash if row.open else 0, bool(row.open))
        for row in rows
    ]  # fmt: skip


def _deposits() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Deposit.id,
            Deposit.file_id,
            Deposit.line,
            Deposit.at,
            Deposit.depositor,
            Deposit.memo,
            Deposit.amount,
            Deposit.state,
            Deposit.why,
            Deposit.named,
            Deposit.decided_at,
            Order.number.label("order_number"),
            Person.name.label("person_name"),
        )
        .outerjoin(Order, Order.id == Deposit.order_id)
        .outerjoin(Person, Person.id == Deposit.person_id)
    )


def deposits(
    session: Session, states: Collection[str], *, before: int | None = None, limit: int = 30
) -> Sequence[AnyRow]:
    """Return deposits in these states, newest first, below the id ``before``."""
    query = _deposits().where(Deposit.state.in_(states)).order_by(Deposit.id.desc()).limit(limit)
    return session.execute(query if before is None else query.where(Deposit.id < before)).all()


def counted(session: Session) -> dict[str, int]:
    """Return how many deposits are in each state."""
    rows = session.execute(
        select(Deposit.state, func.count().label("number")).group_by(Deposit.state)
    )
    return {row.state: row.number for row in rows}


def deposit(session: Session, deposit_id: int) -> AnyRow:
    """Return one deposit; NotFound if there is none."""
    found = session.execute(_deposits().where(Deposit.id == deposit_id)).one_or_none()
    if found is None:
        raise NotFound("There is no such deposit.")
    return found


def near(session: Session, found: AnyRow, *, limit: int = 5) -> list[Claim]:
    """Return orders for which a deposit may be meant: the sum or the name is theirs."""
    text = f"{found.depositor} {found.memo}".casefold().replace(" ", "")
    close = [
        claim
        for claim in claims(session)
        if claim.due == found.amount
        or claim.name.casefold().replace(" ", "") in text
        or tail_of(claim.number).casefold() in text
    ]
    return close[:limit]


def files(session: Session, *, limit: int = 20) -> Sequence[AnyRow]:
    """Return the last files, newest first: id, name, rows, at."""
    return session.execute(
        select(BankFile.id, BankFile.name, BankFile.rows, BankFile.at)
        .order_by(BankFile.id.desc())
        .limit(limit)
    ).all()


def bank_file(session: Session, file_id: int) -> AnyRow:
    """Return one file with its rest; NotFound if there is none."""
    found = session.execute(
        select(BankFile.id, BankFile.name, BankFile.rows, BankFile.rest, BankFile.at).where(
            BankFile.id == file_id
        )
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such file.")
    return found


def file_by_digest(session: Session, digest: str) -> int | None:
    """Return the id of the file with this content."""
    return session.scalar(select(BankFile.id).where(BankFile.digest == digest))


def deposits_of_file(
    session: Session, file_id: int, *, after: int | None = None, limit: int = 50
) -> Sequence[AnyRow]:
    """Return the deposits that a file brought, by line, from the line ``after`` on."""
    query = _deposits().where(Deposit.file_id == file_id).order_by(Deposit.line).limit(limit)
    return session.execute(query if after is None else query.where(Deposit.line > after)).all()


def states_of_file(session: Session, file_id: int) -> dict[str, int]:
    """Return how many deposits of a file are in each state."""
    rows = session.execute(
        select(Deposit.state, func.count().label("number"))
        .where(Deposit.file_id == file_id)
        .group_by(Deposit.state)
    )
    return {row.state: row.number for row in rows}


def receiver(session: Session, text: str) -> tuple[int, int | None]:
    """Return the person, and their order, that somebody typed: a number of an order, or an e-mail
    address; Refused if there is none."""
    typed = text.strip()
    order = session.execute(
        select(Order.person_id, Order.id).where(Order.number == typed.upper())
    ).one_or_none()
    if order is not None:
        return order.person_id, order.id
    person = find_person(session, typed) if "@" in typed else None
    if person is None:
        raise Refused("There is no order of this number, and nobody with this e-mail address.")
    return person.id, None
