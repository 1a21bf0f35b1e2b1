"""How long it is kept what phones sent: while one of them might send it again, or be asked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from .....core.answers import Keeping
from .....core.values import Message
from ..models import Sent


def forget_sent(session: Session, before: datetime, most: int) -> int:
    """Forget entries that were taken long ago; what they did stays done."""
    due = select(Sent.uid).where(Sent.at <= before).order_by(Sent.at).limit(most)
    gone = session.execute(delete(Sent).where(Sent.uid.in_(due)))
    return int(gone.rowcount)  # type: ignore[attr-defined]


SENT = Keeping(
    "hub-day",
    Message("What the hosts' phones noted down on a day of collection", {}),
    Message("who noted it, of which order, and when", {}),
    Message("1 year", {}),
    Message("our agreement with you (article 15 (1) 4)", {}),
    months=12,
    purge=forget_sent,
)
