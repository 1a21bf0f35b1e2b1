"""The sums of months, as they are kept and as they are counted again from the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core.models import LedgerAccount, LedgerEntry, LedgerPosting
from .....core.periods import Periods
from ..models import MonthSum, Moved
from ..rules import month_of, months_between, place
from .standing import of_the_fund

Sums: TypeAlias = dict[tuple[int, int, str, str], tuple[int, int]]
"""Won and number of entries by month (202612), earmark (0: free money), way and kind."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sum of a month: ``amount`` is above 0 where the account gained."""

    month: int
    earmark_id: int
    way: str
    kind: str
    amount: int


def lines_between(session: Session, since: int, until: int) -> Sequence[Line]:
    """Return the sums of the months from ``since`` to ``until``, both of them in."""
    rows = session.execute(
        select(
            MonthSum.month, MonthSum.earmark_id, MonthSum.way, MonthSum.kind, MonthSum.amount
        ).where(MonthSum.month >= since, MonthSum.month <= until)
    )
    return [Line(*row) for row in rows]


def held_before(session: Session, month: int) -> dict[int, int]:
    """Return what stood in each part of the fund when a month began."""
    rows = session.execute(
        select(MonthSum.earmark_id, func.sum(MonthSum.amount))
        .where(MonthSum.month < month)
        .group_by(MonthSum.earmark_id)
    )
    return {row[0]: int(row[1]) for row in rows}


def bounds(session: Session) -> tuple[int, int] | None:
    """Return the first and the last month of which there is anything."""
    row = session.execute(select(func.min(MonthSum.month), func.max(MonthSum.month))).one()
    return None if row[0] is None else (row[0], row[1])


def sums(session: Session) -> Sums:
    """Return all sums as they are kept."""
    return {
        (row.month, row.earmark_id, row.way, row.kind): (row.amount, row.entries)
        for row in session.scalars(select(MonthSum))
    }


def recount(session: Session, zone: ZoneInfo) -> Sums:
    """Count all sums again from the ledger's entries; a posting that nobody told of is "?".

    Reads every entry of the fund: for a job or a program, not for a page.
    """
    first = session.scalar(select(func.min(LedgerPosting.at)))
    last = session.scalar(select(func.max(LedgerPosting.at)))
    if first is None or last is None:
        return {}
    months = months_between(month_of(first, zone), month_of(last, zone))
    ends = [*months, months_between(months[-1], months[-1] + 100)[1]]
    periods = Periods(tuple(datetime(each // 100, each % 100, 1, tzinfo=zone) for each in ends))
    number = periods.number(LedgerPosting.at)
    way = func.coalesce(Moved.way, "?")
    kind = func.coalesce(Moved.kind, "?")
    rows = session.execute(
        select(number, LedgerAccount.code, way, kind, -func.sum(LedgerEntry.amount), func.count())
        .select_from(LedgerEntry)
        .join(LedgerPosting, LedgerPosting.id == LedgerEntry.posting_id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .outerjoin(Moved, Moved.posting == LedgerPosting.key)
        .where(of_the_fund())
        .group_by(number, LedgerAccount.code, way, kind)
    )
    return {
        (months[int(row[0])], place(row[1]) or 0, row[2], row[3]): (int(row[4]), int(row[5]))
        for row in rows
    }
