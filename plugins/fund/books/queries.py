"""What may be read of the fund: everything, by everyone, straight from the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from ....core import ledger
from ....core.answers import Series
from ....core.documents import Feed, FeedEntry
from ....core.models import LedgerAccount, LedgerEntry, LedgerPosting
from ....core.node import Node
from ....core.periods import Periods
from ....core.values import Message, Text, Won
from ..earmarks import queries as earmarks
from ..earmarks.models import Earmark, Moved
from ..earmarks.rules import place
from .models import Income
from .rules import months

SIZE = 30
MONTHS = 6
_BROUGHT = Message("%(title)s brought the fund %(won)s won", {})


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the fund with where it came from; ``source`` is None if it is no share of a
    sale, ``url`` if no page tells about it. ``place`` is what the money is set apart for, "" if
    it is free; ``way`` and ``kind`` say what the posting is to the fund."""

    line: ledger.Line
    source: Row[Any] | None
    url: str | None
    place: str = ""
    way: str = ""
    kind: str = ""


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
    node: Node, session: Session, *, before: int | None = None, limit: int = SIZE + 1,
    code: str = "",
) -> list[Entry]:  # fmt: skip
    """Return entries, newest first, below the entry id ``before``; of one account, or of all."""
    query = (
        select(
            LedgerEntry.id, LedgerPosting.at, LedgerEntry.amount, LedgerPosting.subject,
            LedgerPosting.memo, LedgerPosting.key, LedgerPosting.reverses_id, LedgerAccount.code,
            Moved.way, Moved.kind,
        )
        .join(LedgerPosting, LedgerPosting.id == LedgerEntry.posting_id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .outerjoin(Moved, Moved.posting == LedgerPosting.key)
        .where(LedgerAccount.code == code if code else earmarks.of_the_fund())
        .order_by(LedgerEntry.id.desc())
        .limit(limit)
    )  # fmt: skip
    if before is not None:
        query = query.where(LedgerEntry.id < before)
    rows = session.execute(query).all()
    sources = _sources(session, [row.key for row in rows])
    subjects = frozenset(row.subject for row in rows)
    urls = dict(node.host.collect("subject_urls", node=node, subjects=subjects))
    names = _names(session, {place(row.code) or 0 for row in rows})
    return [
        Entry(
            ledger.Line(row.id, row.at, Won(-row.amount), row.subject, row.memo, row.key,
                        row.reverses_id is not None),
            sources.get(row.key), urls.get(row.subject), names.get(place(row.code) or 0, ""),
            row.way or "", row.kind or "",
        )
        for row in rows
    ]  # fmt: skip


def _names(session: Session, ids: set[int]) -> dict[int, str]:
    """Return what money is called that is set apart for something."""
    rows = session.execute(select(Earmark.id, Earmark.name).where(Earmark.id.in_(ids)))
    return {row.id: row.name for row in rows}


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
    """Return what each of the last months brought, this one first; from the sums of months."""
    zone = ZoneInfo(node.settings.node.time_zone)
    starts = months(node.clock.now(), zone, count)
    numbers = [start.year * 100 + start.month for start in starts]
    brought: Counter[int] = Counter()
    for line in earmarks.lines_between(session, numbers[-1], numbers[0]):
        brought[line.month] += line.amount
    return [
        Month(start, Won(brought[number])) for start, number in zip(starts, numbers, strict=True)
    ]


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
