"""Reading the ledger: balances and entries as people see them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, false, func, or_, select
from sqlalchemy.orm import Session

from ..models import LedgerAccount, LedgerEntry, LedgerPosting
from ..statements import Statement
from ..values import Won
from .drafts import sign

# Made once: asked for whenever a resident looks at what is to be paid.
_BALANCE = Statement(
    select(func.coalesce(func.sum(LedgerEntry.amount), 0).label("total"))
    .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
    .where(LedgerAccount.code == bindparam("code"))
)


def balance(session: Session, code: str) -> Won:
    """Return what an account holds (cash, bank) or what is owed to its owner (all others)."""
    [row] = _BALANCE.all(session, {"code": code})
    return Won(sign(code) * int(row.total))


def balances(session: Session, *kinds: str) -> dict[str, Won]:
    """Return the balance of every account of these kinds ("producer", "cash") by its code."""
    codes = (LedgerAccount.code.startswith(f"{kind}:") for kind in kinds)
    return _balances(session, or_(false(), *codes))


def balances_of(session: Session, codes: Collection[str]) -> dict[str, Won]:
    """Return the balances of those of these accounts that were ever posted to, by code."""
    return _balances(session, LedgerAccount.code.in_(codes))


def _balances(session: Session, wanted: ColumnElement[bool]) -> dict[str, Won]:
    rows = session.execute(
        select(LedgerAccount.code, func.sum(LedgerEntry.amount).label("total"))
        .join(LedgerEntry, LedgerEntry.account_id == LedgerAccount.id)
        .where(wanted)
        .group_by(LedgerAccount.code)
        .order_by(LedgerAccount.code)
    )
    return {row.code: Won(sign(row.code) * int(row.total)) for row in rows}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as a person reads it: ``amount`` is positive when the account gained."""

    id: int
    at: datetime
    amount: Won
    subject: str
    memo: str
    key: str
    reverses: bool


def lines(session: Session, code: str, *, before: int | None = None, limit: int = 50) -> list[Line]:
    """Return an account's entries, newest first, below the entry id ``before``."""
    query = (
        select(
            LedgerEntry.id,
            LedgerPosting.at,
            LedgerEntry.amount,
            LedgerPosting.subject,
            LedgerPosting.memo,
            LedgerPosting.key,
            LedgerPosting.reverses_id,
        )
        .join(LedgerPosting, LedgerPosting.id == LedgerEntry.posting_id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(LedgerAccount.code == code)
        .order_by(LedgerEntry.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(LedgerEntry.id < before)
    turn = sign(code)
    return [
        Line(row.id, row.at, Won(turn * row.amount), row.subject, row.memo, row.key,
             row.reverses_id is not None)
        for row in session.execute(query)
    ]  # fmt: skip
