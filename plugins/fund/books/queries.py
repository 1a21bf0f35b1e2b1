"""What may be read of the fund: everything, by everyone, straight from the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, case, func, select
from sqlalchemy.orm import Session

from ....core import ledger
from ....core.answers import Series
from ....core.documents import Feed, FeedEntry
from ....core.models import LedgerAccount, LedgerEntry, LedgerPosting
from ....core.node import Node
from ....core.periods import Periods
from ....core.values import Message, Text, Won
from ..earmarks import queries as earmarks
from .models import Income
from .rules import FUND, months

SIZE = 30
MONTHS = 6
_BROUGHT = Message("%(title)s brought the fund %(won)s won", {})


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the fund with where it came from; ``source`` is None if it is no share of a
    sale, ``url`` if no page tells about it."""

    line: ledger.Line
    source: Row[Any] | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Month:
    """What came in (less what went out) since ``start`` and before the next month."""

    start: datetime
    amount: Won


@dataclass(frozen=True, slots=True)
class Glance:
    """The fund in one look: what it holds, and what this month brought."""

    balance: Won
    month: Month


def balance(session: Session) -> Won:
    """Return what the fund holds, free or set apart."""
    return earmarks.total(session)


def glance(node: Node, session: Session) -> Glance:
    """Return what the fund holds, and what this month brought."""
    return Glance(balance(session), by_month(node, session, 1)[0])


def entries(
    node: Node, session: Session, *, before: int | None = None, limit: int = SIZE + 1
) -> list[Entry]:
    """Return entries, newest first, below the entry id ``before``."""
    found = ledger.lines(session, FUND, before=before, limit=limit)
    sources = _sources(session, [line.key for line in found])
    subjects = frozenset(line.subject for line in found)
    urls = dict(node.host.collect("subject_urls", node=node, subjects=subjects))
    return [Entry(line, sources.get(line.key), urls.get(line.subject)) for line in found]


def _sources(session: Session, keys: Sequence[str]) -> dict[str, Row[Any]]:
    columns: list[Any] = [Income.posting, Income.title, Income.hub_name, Income.seller_name]
    rows = session.execute(select(*columns).where(Income.posting.in_(keys)))
    return {row.posting: row for row in rows}


def received(session: Session, limit: int) -> Sequence[FeedEntry]:
    """Return what each occasion of sale brought the fund, as news, the last first."""
    last = func.max(LedgerPosting.at)
    brought = func.sum(-LedgerEntry.amount)
    rows = session.execute(
        select(
            Income.occasion, Income.title, Income.hub_name, last.label("at"), brought.label("won")
        )
        .join(LedgerPosting, LedgerPosting.key == Income.posting)
        .join(LedgerEntry, LedgerEntry.posting_id == LedgerPosting.id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(earmarks.of_the_fund())
        .group_by(Income.occasion, Income.title, Income.hub_name)
        .order_by(last.desc(), Income.occasion)
        .limit(limit)
    )
    return [
        FeedEntry(
            name=f"fund-{row.occasion}",
            title=replace(_BROUGHT, values={"title": row.title, "won": f"{int(row.won):,}"}),
            path="/fund",
            at=row.at,
            text=row.hub_name,
        )
        for row in rows
    ]


NEWS = Feed("fund", Text("마을기금", "Local fund"), received, order=30)


def by_month(node: Node, session: Session, count: int = MONTHS) -> list[Month]:
    """Return what each of the last months brought, this one first; in one query."""
    starts = months(node.clock.now(), ZoneInfo(node.settings.node.time_zone), count)
    ends = [None, *starts[:-1]]
    sums = [_between(start, end) for start, end in zip(starts, ends, strict=True)]
    row = session.execute(
        select(*sums)
        .select_from(LedgerEntry)
        .join(LedgerPosting, LedgerPosting.id == LedgerEntry.posting_id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(earmarks.of_the_fund(), LedgerPosting.at >= starts[-1])
    ).one()
    return [Month(start, Won(int(total))) for start, total in zip(starts, row, strict=True)]


def inflow(session: Session, periods: Periods) -> Series:
    """Return what came into the fund (less what went out) in each of these periods."""
    number = periods.number(LedgerPosting.at).label("number")
    rows = session.execute(
        select(number, -func.sum(LedgerEntry.amount))
        .join(LedgerPosting, LedgerPosting.id == LedgerEntry.posting_id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(earmarks.of_the_fund(), periods.within(LedgerPosting.at))
        .group_by(number)
    )
    title = Message("Money that came into the local fund", {})
    return Series("fund", title, periods.filled(rows), kind="won", order=40)


def _between(start: datetime, end: datetime | None) -> ColumnElement[int]:
    """Sum a span of time; what is owed to the fund stands in the ledger as a credit, below 0."""
    within = LedgerPosting.at >= start
    if end is not None:
        within &= LedgerPosting.at < end
    return func.coalesce(func.sum(case((within, -LedgerEntry.amount), else_=0)), 0)
