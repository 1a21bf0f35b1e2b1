"""Ticks on the day of collection: what of an order lies ready, kept for whoever looks next."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from ....market import Order, OrderLine
from ..models import Tick
from ..rules import bag_mark, line_mark


def set_ticks(session: Session, order: Order, marks: Collection[str]) -> None:
    """Keep just these ticks of an order, which is locked; marks that it does not have are not
    kept."""
    lines = session.scalars(select(OrderLine.id).where(OrderLine.order_id == order.id))
    known = {bag_mark(number) for number in range(1, (order.bags or 0) + 1)}
    known |= {line_mark(line) for line in lines}
    forget_ticks(session, order.id)
    if kept := sorted(known & set(marks)):
        session.execute(insert(Tick), [{"order_id": order.id, "mark": mark} for mark in kept])


def forget_ticks(session: Session, order_id: int) -> None:
    """Forget the ticks of an order that is handed over."""
    session.execute(delete(Tick).where(Tick.order_id == order_id))
