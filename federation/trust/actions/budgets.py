"""How many bytes another node may bring or read in an hour, counted in rows: all processes share
one count, and a restart forgets nothing of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from ....core.statements import Statement
from ..models import Budget

BROUGHT, READ = "brought", "read"
HOUR = 3_600
MEGABYTE = 1 << 20

_budget = Budget.__table__


def _spending(insert: Any) -> Any:
    row = insert(_budget)
    together = _budget.c.size + row.excluded.size
    counted = row.on_conflict_do_update(
        index_elements=["who", "way", "hour"], set_={"size": together}
    )
    return counted.returning(_budget.c.size)


_SPEND = Statement(_spending)


def spend(session: Session, who: str, way: str, size: int, *, most: int, now: datetime) -> int:
    """Count what somebody brings or reads in this hour; return 0, or the seconds until the next one
    if it is more than ``most`` bytes together.

    ``who``: a host that has signed, or a place in the network. What is refused counts only if the
    transaction is committed all the same.
    """
    hour = int(now.timestamp()) // HOUR
    row = {"who": who[:255], "way": way, "hour": hour, "size": size}
    together = int(_SPEND.all(session, row)[0].size)
    return 0 if together <= most else max(1, int((hour + 1) * HOUR - now.timestamp()))


def forget(session: Session, now: datetime) -> None:
    """Take away the counts of hours that are over."""
    over = int((now - timedelta(hours=1)).timestamp()) // HOUR
    session.execute(delete(Budget).where(Budget.hour < over))
