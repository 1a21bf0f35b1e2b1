"""The entries of every posting that touched the fund, as they are published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ....core.models import LedgerAccount, LedgerEntry, LedgerPosting
from ..earmarks.queries import of_the_fund
from . import rules


def entries(session: Session, offset: int) -> Iterator[dict[str, Any]]:
    """Return the entries as they are published, in one snapshot, rising.

    ``offset`` is by how many seconds the clocks here are ahead of UTC.
    """
    posting: list[dict[str, Any]] = []
    for row in session.execute(_touching()).mappings():
        if posting and posting[0]["posting"] != row["posting"]:
            yield from _posting(posting, offset)
            posting = []
        posting.append({**row, "at": int(row["at"].timestamp())})
    yield from _posting(posting, offset)


def _touching() -> Select[*tuple[Any, ...]]:
    touched = (
        select(LedgerEntry.posting_id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(of_the_fund())
    )
    return (
        select(
            LedgerEntry.id.label("entry"), LedgerEntry.amount, LedgerEntry.previous,
            LedgerEntry.hash, LedgerPosting.key.label("posting"), LedgerPosting.at,
            LedgerPosting.subject, LedgerPosting.memo, LedgerAccount.code.label("account"),
        )
        .join(LedgerPosting, LedgerPosting.id == LedgerEntry.posting_id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(LedgerEntry.posting_id.in_(touched))
        .order_by(LedgerEntry.id)
        .execution_options(yield_per=2_000)
    )  # fmt: skip


def _posting(entries: list[dict[str, Any]], offset: int) -> Iterator[dict[str, Any]]:
    closed = any(each["account"].partition(":")[0] in rules.CLOSED for each in entries)
    return (rules.opened(each, closed=closed, offset=offset) for each in entries)
