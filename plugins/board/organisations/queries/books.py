"""The books of an organisation: read straight from the ledger, without any person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, case, func, select
from sqlalchemy.orm import Session, aliased

from .....core import ledger
from .....core.models import LedgerAccount, LedgerEntry, LedgerPosting, Picture
from .....core.node import Node
from .....core.periods import Periods
from ..models import Entry
from ..rules import CASH, holder_code, months_of

SIZE = 30
MONTHS = 12
AnyRow = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class MonthOf:
    """What came in and went out in a month, both 0 or more."""

    year: int
    month: int
    income: int
    expense: int


@dataclass(frozen=True, slots=True)
class Books:
    """What an organisation has, how much of it lies in its own cash box, and its months."""

    owned: int
    cash: int
    months: tuple[MonthOf, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """A line of the ledger with what the organisation wrote about it; ``entry`` is None for what
    another part of the node posted."""

    line: ledger.Line
    entry: AnyRow | None
    url: str | None

    @property
    def words(self) -> str:
        """Return what it was for. What others gave may name a gift by its code behind the title:
        that is between them and the organisation, and is left out."""
        spent = self.line.amount < 0 and not self.line.reverses
        return self.line.memo if self.entry or spent else self.line.memo.partition(" · ")[0]


def account_of(space_id: int) -> str:
    """Return the account of the ledger in which stands what is an organisation's."""
    return ledger.account("organisation", space_id)


def books_of(node: Node, session: Session, space_id: int) -> Books:
    """Return what there is, and the sums of the last twelve months."""
    owned = ledger.balance(session, account_of(space_id))
    cash = ledger.balance(session, holder_code(CASH, space_id))
    return Books(int(owned), int(cash), _months(node, session, space_id))


def _months(node: Node, session: Session, space_id: int) -> tuple[MonthOf, ...]:
    """Sum in one query; a reversal takes away from what it reverses, in its own month."""
    zone = ZoneInfo(node.settings.node.time_zone)
    months = months_of(node.clock.now().astimezone(zone).date(), MONTHS)
    year, month = divmod(months[-1][0] * 12 + months[-1][1], 12)
    firsts = [*(date(*each, 1) for each in months), date(year, month + 1, 1)]
    periods = Periods(tuple(datetime(d.year, d.month, 1, tzinfo=zone) for d in firsts))
    number, gained = periods.number(LedgerPosting.at).label("number"), -LedgerEntry.amount
    # What a reversal takes back was the other way round: it lessens what it was, never adds.
    was_income = case((LedgerPosting.reverses_id.is_(None), gained > 0), else_=gained < 0)
    rows = session.execute(
        select(
            number,
            func.sum(case((was_income, gained), else_=0)),
            func.sum(case((was_income, 0), else_=-gained)),
        )
        .join(LedgerPosting, LedgerPosting.id == LedgerEntry.posting_id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(LedgerAccount.code == account_of(space_id), periods.within(LedgerPosting.at))
        .group_by(number)
    ).all()
    income = periods.filled((row[0], row[1]) for row in rows)
    expense = periods.filled((row[0], row[2]) for row in rows)
    return tuple(MonthOf(*each, income[place], expense[place]) for place, each in enumerate(months))


def running(
    node: Node, session: Session, space_id: int, *, before: int | None = None,
    limit: int = SIZE + 1,
) -> list[Lines]:  # fmt: skip
    """Return the lines of the account, the newest first, in three queries whatever there is."""
    found = ledger.lines(session, account_of(space_id), before=before, limit=limit)
    entries = _entries(session, [line.key for line in found])
    subjects = frozenset(line.subject for line in found)
    urls = dict(node.host.collect("subject_urls", node=node, subjects=subjects))
    return [Lines(line, entries.get(line.key), urls.get(line.subject)) for line in found]


def _entries(session: Session, keys: Sequence[str]) -> dict[str, AnyRow]:
    """Return what was written about these postings; a reversal finds the entry it takes back."""
    original = aliased(LedgerPosting)
    rows = session.execute(
        select(
            LedgerPosting.key, Entry.id, Entry.kind, Entry.holder, Entry.purpose, Entry.day,
            Entry.reversed_at, Entry.reason, LedgerPosting.reverses_id,
            Picture.digest, Picture.caption,
        )
        .outerjoin(original, original.id == LedgerPosting.reverses_id)
        .join(Entry, Entry.posting == func.coalesce(original.key, LedgerPosting.key))
        .outerjoin(Picture, Picture.id == Entry.receipt_id)
        .where(LedgerPosting.key.in_(keys))
    )  # fmt: skip
    return {row.key: row for row in rows}
