"""The proof of the ledger: its chain and its trial balance, recomputed from the first entry."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from ..models import LedgerAccount, LedgerEntry, LedgerHead, LedgerPosting

GENESIS = "0" * 64


@dataclass
class Verification:
    """The result of reading the whole ledger; ``breaks`` says where it does not hold."""

    entries: int = 0
    postings: int = 0
    total: int = 0
    head: str = GENESIS
    breaks: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.breaks


def verify(session: Session) -> Verification:
    """Recompute the chain and the trial balance from the first entry on, in bounded memory."""
    seen = Verification()
    key, open_sum, head = None, 0, None
    for row in _all_entries(session):
        head = (row.head_id, row.head_hash)
        if row.id is None:
            break  # nothing was ever posted
        if row.key != key:
            _close(seen, key, open_sum)
            key, open_sum = row.key, 0
        open_sum += row.amount
        _check_entry(row, seen)
    _close(seen, key, open_sum)
    _check_end(seen, head)
    return seen


def _close(seen: Verification, key: str | None, total: int) -> None:
    if key is not None:
        seen.postings += 1
        if total:
            seen.breaks.append(f"the entries of posting {key} sum to {total:+,} won")


def _check_entry(row: Any, seen: Verification) -> None:
    if row.id != seen.entries + 1:
        seen.breaks.append(f"entry {seen.entries + 1} is missing before entry {row.id}")
    elif row.previous != seen.head or row.hash != _sealed(row, seen.head):
        seen.breaks.append(f"entry {row.id} of posting {row.key} is not what was sealed")
    seen.entries = row.id
    seen.total += row.amount
    seen.head = row.hash


def _sealed(row: Any, previous: str) -> str:
    if row.key is None or row.code is None:
        return "an entry without its posting or account"
    return seal(previous, row.id, row.key, row.at, row.subject, row.memo, row.code, row.amount)


def _check_end(seen: Verification, head: tuple[int, str] | None) -> None:
    if head is None:
        seen.breaks.append("the head of the ledger is missing")
    elif head != (seen.entries, seen.head):
        seen.breaks.append(f"the ledger ends at entry {seen.entries}, but its head says {head[0]}")
    if seen.total:
        seen.breaks.append(f"all entries together sum to {seen.total:+,} won")


def seal(
    previous: str,
    entry_id: int,
    key: str,
    at: datetime,
    subject: str,
    memo: str,
    code: str,
    amount: int,
) -> str:
    """Return the SHA-256, in hex, of an entry and of the hash before it (docs/architecture.md)."""
    content = [previous, entry_id, key, int(at.timestamp()), subject, memo, code, amount]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _all_entries(session: Session) -> Iterator[Any]:
    """Read the head with the entries, in one statement: people go on posting meanwhile, and
    PostgreSQL shows a second statement more than the first one saw."""
    query = (
        select(
            LedgerEntry.id,
            LedgerEntry.amount,
            LedgerEntry.previous,
            LedgerEntry.hash,
            LedgerPosting.key,
            LedgerPosting.at,
            LedgerPosting.subject,
            LedgerPosting.memo,
            LedgerAccount.code,
            LedgerHead.entry_id.label("head_id"),
            LedgerHead.hash.label("head_hash"),
        )
        .select_from(LedgerHead)
        .outerjoin(LedgerEntry, true())
        .outerjoin(LedgerPosting, LedgerPosting.id == LedgerEntry.posting_id)
        .outerjoin(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .order_by(LedgerEntry.id)
        .execution_options(yield_per=5_000)
    )
    yield from session.execute(query)
