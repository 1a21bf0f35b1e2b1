"""The books of a lender, kept apart from the fund's (Framework Act on Cooperatives article 94), and
what everyone may know of all loans together."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, String, cast, func, literal, select
from sqlalchemy.orm import Session

from .....core import ledger
from .....core.models import LedgerAccount, LedgerEntry
from .....core.values import Won
from ..models import Loan, Payment
from ..rules import SHOWN_FROM


@dataclass(frozen=True, slots=True)
class Book:
    """Sums of a lender's loans: what was paid out, came back, is out, was got as interest (late
    interest in it) and written off. ``agrees``: the ledger says the same."""

    loans: int
    paid_out: Won
    repaid: Won
    outstanding: Won
    interest: Won
    lost: Won
    agrees: bool


@dataclass(frozen=True, slots=True)
class Numbers:
    """The same of all loans, for everyone; None where they are too few to be shown."""

    loans: int | None
    outstanding: Won | None
    repaid: Won | None
    lost: Won | None


def outstanding(session: Session, lender_id: int) -> Won:
    """Return what is out of a lender's loans, straight from the ledger."""
    code = literal("loan:") + cast(Loan.id, String)
    total = session.scalar(
        select(func.coalesce(func.sum(LedgerEntry.amount), 0))
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .join(Loan, LedgerAccount.code == code)
        .where(Loan.lender_id == lender_id)
    )
    return Won(int(total or 0))


def book(session: Session, lender_id: int) -> Book:
    """Return the sums of a lender's loans, compared with the ledger."""
    count, out, repaid, interest, lost = _sums(session, Loan.lender_id == lender_id)
    left = out - repaid - lost
    codes = [ledger.account(kind, lender_id) for kind in ("lender", "interest", "loss")]
    held = ledger.balances_of(session, codes)
    said = [held.get(code, 0) for code in codes]
    agrees = (
        outstanding(session, lender_id) == left
        and said == [out - repaid - interest, interest, -lost]
    )  # fmt: skip
    sums = (Won(out), Won(repaid), Won(left), Won(interest), Won(lost))
    return Book(count, *sums, agrees)


def numbers(session: Session) -> Numbers:
    """Return the sums of all loans; nothing where they would tell of one person."""
    count, out, repaid, _, lost = _sums(session, Loan.id > 0)
    if count < SHOWN_FROM:
        return Numbers(None, None, None, None)
    return Numbers(count, Won(out - repaid - lost), Won(repaid), Won(lost))


def _sums(session: Session, which: ColumnElement[bool]) -> tuple[int, int, int, int, int]:
    row = session.execute(
        select(
            func.count(), func.coalesce(func.sum(Loan.amount), 0),
            func.coalesce(func.sum(Loan.lost), 0),
        ).where(which, Loan.out_on.is_not(None))
    ).one()  # fmt: skip
    paid = session.execute(
        select(
            func.coalesce(func.sum(Payment.principal), 0),
            func.coalesce(func.sum(Payment.interest + Payment.late), 0),
        )
        .join(Loan, Loan.id == Payment.loan_id)
        .where(which)
    ).one()
    return int(row[0]), int(row[1]), int(paid[0]), int(paid[1]), int(row[2])
