"""The job that states each month with each node."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from .....core import outbox
from .....core.node import Node
from ..rules.statements import month_of, period

STATEMENT = "trade.statement"
AFTER = timedelta(hours=6)
"""How long after the end of a month it is stated: what was on its way has arrived."""
AGAIN = timedelta(days=1)
MOST_TRIES = 10


def ask_statement(node: Node, session: Session, host: str, at: datetime, *, turn: int = 0) -> bool:
    """Ask for the statement of the month in which something was booked; False after the last."""
    zone = ZoneInfo(node.settings.node.time_zone)
    month = month_of(at, zone)
    due = period(month, zone)[1] + AFTER if turn == 0 else node.clock.now() + AGAIN
    if turn < MOST_TRIES:
        payload = {"host": host, "month": month, "turn": turn}
        key = f"{STATEMENT}:{month}:{turn}:{host}"[:120]
        outbox.enqueue(session, STATEMENT, payload, key=key, at=due)
    return turn < MOST_TRIES
