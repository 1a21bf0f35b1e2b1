"""One entry of the fund: where its money came from, and what it was for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from .....core.errors import NotFound
from .....core.models import LedgerAccount, LedgerEntry, LedgerPosting
from .....core.node import Node
from ...books.models import Income
from ...earmarks.models import Earmark, MonthSum, Moved
from ...earmarks.queries import of_the_fund
from ...earmarks.rules import IN, OUT, month_of, place
from ..rules import covered
from .periods import month_start, zone_of

MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class OneEntry:
    """An entry with all that everyone may know of it.

    ``row`` has id, amount (above 0: the fund gained), posting, at, subject, memo, way, kind, seal;
    ``others`` are the kinds of the other accounts; ``covered_by`` months with won, oldest first.
    """

    row: Any
    amount: int
    earmark: Earmark | None
    source: Income | None
    url: str | None
    others: tuple[tuple[str, int], ...]
    reverses: int | None
    reversed_by: int | None
    covered_by: list[tuple[int, int]]
    sold: list[Any]


def one(node: Node, session: Session, entry_id: int) -> OneEntry:
    """Return an entry of the fund; ``NotFound`` for one of anybody else."""
    row = session.execute(
        select(
            LedgerEntry.id, LedgerEntry.amount, LedgerEntry.posting_id, LedgerEntry.hash,
            LedgerPosting.key, LedgerPosting.at, LedgerPosting.subject, LedgerPosting.memo,
            LedgerPosting.reverses_id, LedgerAccount.code, Moved.way, Moved.kind,
        )
        .join(LedgerPosting, LedgerPosting.id == LedgerEntry.posting_id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .outerjoin(Moved, Moved.posting == LedgerPosting.key)
        .where(LedgerEntry.id == entry_id, of_the_fund())
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound("There is no such entry in the fund.")
    source = session.get(Income, row.key)
    urls = dict(node.host.collect("subject_urls", node=node, subjects=frozenset({row.subject})))
    earmark_id = place(row.code)
    back = session.scalar(
        select(LedgerPosting.id).where(LedgerPosting.reverses_id == row.posting_id)
    )
    sold = []
    if source is not None and row.way == IN and row.amount < 0:
        sold = node.host.collect(
            "sold_lines", node=node, session=session, occasion=source.occasion,
            seller_id=source.seller_id, most=MOST_LINES,
        )  # fmt: skip
    return OneEntry(
        row=row,
        amount=-row.amount,
        earmark=session.get(Earmark, earmark_id) if earmark_id else None,
        source=source,
        url=urls.get(row.subject),
        others=_others(session, row.posting_id, row.id),
        reverses=_entry_of(session, row.reverses_id),
        reversed_by=_entry_of(session, back),
        covered_by=_covered(node, session, row) if row.way == OUT and row.amount > 0 else [],
        sold=sold,
    )


def _others(session: Session, posting_id: int, entry_id: int) -> tuple[tuple[str, int], ...]:
    """Return the kinds of the accounts on the other side; whose they are is nobody's business."""
    rows = session.execute(
        select(LedgerAccount.code, LedgerEntry.amount)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(LedgerEntry.posting_id == posting_id, LedgerEntry.id != entry_id)
        .order_by(LedgerEntry.id)
        .limit(20)
    )
    return tuple((row.code.partition(":")[0], row.amount) for row in rows)


def _entry_of(session: Session, posting_id: int | None) -> int | None:
    """Return the first entry of the fund in a posting."""
    if posting_id is None:
        return None
    return session.scalar(
        select(func.min(LedgerEntry.id))
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(LedgerEntry.posting_id == posting_id, of_the_fund())
    )


def _covered(node: Node, session: Session, row: Any) -> list[tuple[int, int]]:
    """Return which months' income covers an expense, the oldest money first."""
    month = month_of(row.at, zone_of(node))
    income = session.execute(
        select(MonthSum.month, func.sum(MonthSum.amount))
        .where(MonthSum.way == IN, MonthSum.month <= month)
        .group_by(MonthSum.month)
        .order_by(MonthSum.month)
    )
    earlier = session.scalar(
        select(func.coalesce(func.sum(-MonthSum.amount), 0)).where(
            MonthSum.way == OUT, MonthSum.month < month
        )
    )
    spent = int(earlier or 0) + _spent_in_month(node, session, month, row)
    return covered([(each[0], int(each[1])) for each in income], max(0, spent), row.amount)


def _spent_in_month(node: Node, session: Session, month: int, row: Any) -> int:
    """Return what went out in the entry's month before it; what came back counts against it."""
    start = month_start(node, month)
    posting, entry, account = aliased(LedgerPosting), aliased(LedgerEntry), aliased(LedgerAccount)
    found = session.scalar(
        select(func.coalesce(func.sum(entry.amount), 0))
        .select_from(Moved)
        .join(posting, posting.key == Moved.posting)
        .join(entry, entry.posting_id == posting.id)
        .join(account, account.id == entry.account_id)
        .where(
            Moved.way == OUT, posting.at >= start, entry.id < row.id,
            (account.code == "fund") | account.code.startswith("earmark:"),
        )
    )  # fmt: skip
    return int(found or 0)
