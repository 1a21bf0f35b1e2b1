"""What stands on residents' accounts: above 0 the node owes it, below 0 they owe it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, Row, String, cast, func, select
from sqlalchemy.orm import Session

from .....core import ledger
from .....core.models import LedgerAccount, LedgerEntry, Person
from .....core.statements import Listed
from .....core.values import Won
from ..rules import resident

AnyRow = Row[*tuple[Any, ...]]
_OF_RESIDENTS = LedgerAccount.code.startswith("resident:")
_TOTALS = Listed(
    lambda codes: (
        select(LedgerAccount.code, func.sum(LedgerEntry.amount).label("total"))
        .join(LedgerEntry, LedgerEntry.account_id == LedgerAccount.id)
        .where(LedgerAccount.code.in_(codes))
        .group_by(LedgerAccount.code)
    ),
    String,
)


def account_of(session: Session, person_id: int) -> Won:
    """Return what stands on one account, in won."""
    return ledger.balance(session, resident(person_id))


def accounts_of(session: Session, person_ids: Collection[int]) -> dict[int, Won]:
    """Return what stands on the accounts of these people; 0 for those without movements."""
    people = {resident(person_id): person_id for person_id in person_ids}
    rows = _TOTALS.all(session, people)
    found = dict.fromkeys(person_ids, Won(0))
    return found | {people[row.code]: Won(-int(row.total)) for row in rows}


@dataclass(frozen=True, slots=True)
class Outstanding:
    """All residents' accounts together: what the node owes, and what it is owed, both in won."""

    credit: Won
    people: int
    debt: Won
    debtors: int


def _standing() -> Any:
    total = (-func.sum(LedgerEntry.amount)).label("won")
    return (
        select(LedgerAccount.code, total)
        .join(LedgerEntry, LedgerEntry.account_id == LedgerAccount.id)
        .where(_OF_RESIDENTS)
        .group_by(LedgerAccount.code)
        .having(func.sum(LedgerEntry.amount) != 0)
        .subquery()
    )


def outstanding(session: Session) -> Outstanding:
    """Return the sums over all accounts, credit and debt apart."""
    each = _standing()
    row = session.execute(
        select(
            func.coalesce(func.sum(each.c.won).filter(each.c.won > 0), 0).label("credit"),
            func.count().filter(each.c.won > 0).label("people"),
            func.coalesce(-func.sum(each.c.won).filter(each.c.won < 0), 0).label("debt"),
            func.count().filter(each.c.won < 0).label("debtors"),
        ).select_from(each)
    ).one()
    return Outstanding(Won(int(row.credit)), row.people, Won(int(row.debt)), row.debtors)


def owing(session: Session, *, after: int | None = None, limit: int = 50) -> Sequence[AnyRow]:
    """Return people whose account does not stand at 0, by rising id: id, name, won."""
    each = _standing()
    person_id = cast(func.substr(each.c.code, len("resident:") + 1), Integer)
    query = (
        select(Person.id, Person.name, each.c.won)
        .join(each, person_id == Person.id)
        .order_by(Person.id)
        .limit(limit)
    )
    if after is not None:
        query = query.where(Person.id > after)
    return session.execute(query).all()
