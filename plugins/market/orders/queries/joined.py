"""What a person ordered, as lines of their own calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core.answers import Joined
from .....core.values import Message
from ..models import Order

MOST = 500
_KIND = Message("Shopping", {})


def joined(session: Session, person_id: int, since: datetime, until: datetime) -> Sequence[Joined]:
    """Return a person's own orders by when they collect them, or ordered what has no such time."""
    at = func.coalesce(Order.collect_from, Order.placed_at)
    rows = session.execute(
        select(Order.uid, Order.title, Order.place, Order.collect_from, Order.collect_until,
               Order.placed_at)
        .where(Order.person_id == person_id, Order.state != "withdrawn", at >= since, at < until)
        .order_by(at, Order.id)
        .limit(MOST)
    )  # fmt: skip
    return [
        Joined(row.title, _KIND, row.collect_from or row.placed_at, row.collect_until,
               f"/orders/{row.uid}", row.place)
        for row in rows
    ]  # fmt: skip
