"""What the fund has, free and set apart."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from .....core import ledger
from .....core.models import LedgerAccount
from .....core.values import Won
from ..models import Earmark, MonthSum
from ..rules import FREE, apart


@dataclass(frozen=True, slots=True)
class Apart:
    """An earmark and what stands in it."""

    earmark: Earmark
    left: Won


def of_the_fund() -> ColumnElement[bool]:
    """Return the condition that an account of the ledger is the fund's."""
    return or_(LedgerAccount.code == FREE, LedgerAccount.code.startswith("earmark:"))


def total(session: Session) -> Won:
    """Return all that the fund holds, whatever it is for: from the sums of its months, which move
    with the ledger."""
    return Won(int(session.scalar(select(func.coalesce(func.sum(MonthSum.amount), 0))) or 0))


def free(session: Session) -> Won:
    """Return what is not set apart for anything."""
    return ledger.balance(session, FREE)


def left(session: Session, earmark_ids: Collection[int]) -> dict[int, Won]:
    """Return what stands in each of these earmarks."""
    codes = {apart(each): each for each in earmark_ids}
    found = ledger.balances_of(session, list(codes))
    return {number: found.get(code, Won(0)) for code, number in codes.items()}


def of_subject(session: Session, subject: str) -> Earmark | None:
    """Return the earmark of something that was decided on, if there is one."""
    return session.scalars(
        select(Earmark).where(Earmark.subject == subject).order_by(Earmark.id).limit(1)
    ).one_or_none()


def listed(
    session: Session, kind: str, *, closed: bool = False, after: int = 0, limit: int = 50
) -> Sequence[Apart]:
    """Return the earmarks of a kind with what stands in each, the oldest first."""
    query = select(Earmark).where(Earmark.kind == kind, Earmark.id > after)
    if not closed:
        query = query.where(Earmark.closed_at.is_(None))
    found = session.scalars(query.order_by(Earmark.id).limit(limit)).all()
    held = left(session, [each.id for each in found])
    return [Apart(each, held[each.id]) for each in found]
