"""What is kept of standing orders, how long, and how it is destroyed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from .....core.answers import Keeping
from .....core.values import Message
from ..models import Holiday, StandingChange, StandingOrder, StandingRun

_LAW = Message(
    "our agreement with you, and the E-Commerce Act, decree article 6 (contracts, withdrawals,"
    " payments and deliveries)",
    {},
)


def forget_standing(session: Session, before: datetime, most: int) -> int:
    """Destroy standing orders that ended, of which nothing was made since long ago."""
    lately = select(StandingRun.standing_id).where(StandingRun.at > before)
    due = session.scalars(
        select(StandingOrder.id)
        .where(
            StandingOrder.state == "ended",
            StandingOrder.created_at <= before,
            StandingOrder.id.not_in(lately),
        )
        .limit(most)
    ).all()
    for table in (StandingChange, StandingRun):
        session.execute(delete(table).where(table.standing_id.in_(due)))
    session.execute(delete(StandingOrder).where(StandingOrder.id.in_(due)))
    return len(due)


def forget_holidays(session: Session, before: datetime, most: int) -> int:
    """Destroy holidays that are over."""
    due = select(Holiday.id).where(Holiday.until_on < before.date()).limit(most)
    gone = session.execute(delete(Holiday).where(Holiday.id.in_(due)))
    return int(gone.rowcount)  # type: ignore[attr-defined]


KEEPINGS = (
    Keeping(
        "standing-orders",
        Message("Standing orders", {}),
        Message("what you want regularly, and what became of it each time", {}),
        Message("5 years after they ended", {}),
        _LAW,
        months=60,
        purge=forget_standing,
    ),
    Keeping(
        "holidays",
        Message("Weeks in which you want nothing", {}),
        Message("the days that you named", {}),
        Message("a month after they are over", {}),
        Message("our agreement with you (article 15 (1) 4)", {}),
        months=1,
        purge=forget_holidays,
    ),
)
