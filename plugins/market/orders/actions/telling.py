"""What webhooks of a hub or shop are told of its orders: which one and how it stands, not whose."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from .....core import webhooks
from ..models import Order


def tell(session: Session, order: Order, what: str, at: datetime) -> None:
    """Tell that something happened to an order; ``what`` is the end of the name of the kind."""
    data = {
        "order": order.uid,
        "order_id": order.id,
        "number": order.number,
        "occasion": order.occasion,
        "space_id": order.host_id,
        "state": order.state,
        "version": order.version,
    }
    webhooks.tell(session, f"order.{what}", order.host_id, data, at=at)
