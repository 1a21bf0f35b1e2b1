"""What is kept of one person about orders, for them to take along."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import ledger
from .....core.answers import PersonalData
from ...accounts.rules import resident
from ..models import BasketLine, Order, OrderEvent, OrderLine

MOST = 20_000
"""Movements of an account that are handed out, the newest first."""

_NOT_THEIRS = frozenset({"id", "person_id", "key", "host_id", "order_id", "version"})
_OF_LINES = (
    "seller_name", "product_name", "unit_label", "price", "quantity", "delivered", "amount", "paid",
    "refunded", "weighed_g", "wish", "substitute_up_to", "origin", "tax_class",
)  # fmt: skip


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return a person's orders with lines and history, their basket and their balance."""
    mine = Order.person_id == person_id
    orders = [column for column in Order.__table__.c if column.name not in _NOT_THEIRS]
    lines = [OrderLine.__table__.c[name] for name in _OF_LINES]
    basket = [column for column in BasketLine.__table__.c if column.name not in _NOT_THEIRS]
    kept = {
        "orders": select(*orders).where(mine).order_by(Order.id),
        "order-lines": select(Order.number, *lines)
        .join(Order, Order.id == OrderLine.order_id)
        .where(mine)
        .order_by(OrderLine.id),
        "order-history": select(Order.number, OrderEvent.at, OrderEvent.kind, OrderEvent.details)
        .join(Order, Order.id == OrderEvent.order_id)
        .where(mine)
        .order_by(OrderEvent.id),
        "basket": select(*basket).where(BasketLine.person_id == person_id),
    }
    balance = PersonalData("balance", _movements(session, person_id))
    return [*PersonalData.read(session, kept), balance]


def _movements(session: Session, person_id: int) -> list[dict[str, object]]:
    found = ledger.lines(session, resident(person_id), limit=MOST)
    return [{"at": line.at, "amount": line.amount, "memo": line.memo} for line in found]
