"""The timed work of orders between nodes: what is asked for, under which key, and when."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from .....core import outbox
from .....core.node import Node
from ..models import TradeOrder

EXPIRE = "trade.expire"
LOOK = "trade.look"
FOLLOW = "trade.follow"

PATIENCE = timedelta(minutes=10)
"""How long the other side may be silent before it is asked."""
NIGHTLY = timedelta(hours=24)
"""How often both views of an order are compared."""
OFTEN = timedelta(hours=1)
"""How often it is looked whether the residents' orders have changed."""


def ask_expiry(node: Node, session: Session, order: TradeOrder) -> None:
    """Ask for the end of the hold."""
    if order.expires_at is not None:
        key = f"{EXPIRE}:{order.id}:{order.expires_at.isoformat()}"
        outbox.enqueue(session, EXPIRE, {"order_id": order.id}, key=key, at=order.expires_at)


def ask_look(session: Session, order: TradeOrder, at: datetime) -> None:
    """Ask for a look at an order: whether an answer is missing, or something has changed."""
    key = f"{LOOK}:{order.id}:{at.isoformat()}"
    outbox.enqueue(session, LOOK, {"order_id": order.id}, key=key, at=at)


def ask_follow(node: Node, session: Session, order: TradeOrder) -> None:
    """Ask that the residents' orders follow what the seller has said."""
    key = f"{FOLLOW}:{order.id}:{order.revision}"
    payload = {"order_id": order.id}
    outbox.enqueue(session, FOLLOW, payload, key=key, at=node.clock.now())
