"""The one way by which postings of the fund are made: with each, the sums of its month move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from .....core import ledger
from .....core.models import LedgerPosting
from .....core.node import Node
from .....core.statements import insert_of
from ..models import MonthSum, Moved
from ..rules import month_of, place

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Told:
    """A posting to be made, and what it is to the fund: ``way`` and ``kind`` as in ``rules``."""

    draft: ledger.Draft
    way: str
    kind: str


def post(node: Node, session: Session, told: Sequence[Told]) -> int:
    """Make the postings whose key is new, with all that is kept of them; return how many."""
    ledger.hold(session)
    now = node.clock.now()
    standing = _standing(session, [each.draft.key for each in told])
    ledger.post(session, [each.draft for each in told], now)
    fresh = [each for each in told if each.draft.key not in standing]
    if not fresh:
        return 0
    session.execute(
        insert(Moved),
        [{"posting": each.draft.key, "way": each.way, "kind": each.kind} for each in fresh],
    )
    _add(session, fresh, now, ZoneInfo(node.settings.node.time_zone))
    return len(fresh)


def _standing(session: Session, keys: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(keys), _AT_ONCE):
        some = LedgerPosting.key.in_(keys[start : start + _AT_ONCE])
        found |= set(session.scalars(select(LedgerPosting.key).where(some)))
    return found


def _add(session: Session, fresh: Sequence[Told], at: datetime, zone: ZoneInfo) -> None:
    """Add what these postings moved to the sums of the month; who posts holds the ledger's end."""
    won: Counter[tuple[int, str, str]] = Counter()
    entries: Counter[tuple[int, str, str]] = Counter()
    for each in fresh:
        for code, amount in each.draft.entries:
            earmark = place(code)
            if earmark is not None:
                won[earmark, each.way, each.kind] -= amount
                entries[earmark, each.way, each.kind] += 1
    month = month_of(at, zone)
    rows = [
        {"month": month, "earmark_id": key[0], "way": key[1], "kind": key[2],
         "amount": won[key], "entries": entries[key]}
        for key in sorted(entries)
    ]  # fmt: skip
    if not rows:
        return
    statement = insert_of(session.get_bind().dialect.name)(MonthSum).values(rows)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["month", "earmark_id", "way", "kind"],
            set_={
                "amount": MonthSum.amount + statement.excluded.amount,
                "entries": MonthSum.entries + statement.excluded.entries,
            },
        )
    )
