"""The neighbourhood's orders in numbers, by week or month: sums only, never a person."""

from __future__ import annotations

from typing import Any

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from .....core.answers import Series
from .....core.models import Space
from .....core.periods import Periods
from .....core.values import Message
from ..models import Order, OrderLine
from ..rules import COLLECTED, NOT_COLLECTED, WITHDRAWN

_KINDS = {
    "producer": ("turnover_producers", Message("Sales of producers", {}), 31),
    "shop": ("turnover_shops", Message("Sales of shops", {}), 32),
}


def numbers(session: Session, periods: Periods) -> list[Series]:
    """Return orders, residents who ordered, what was fetched and what not, and sales by the kind
    of seller; each by when it was ordered."""
    return [*_orders(session, periods), *_sales(session, periods)]


def _orders(session: Session, periods: Periods) -> list[Series]:
    number = periods.number(Order.placed_at).label("number")
    stands = [Order.state != WITHDRAWN, Order.state == COLLECTED, Order.state == NOT_COLLECTED]
    counts = [func.count().filter(each) for each in stands]
    people = func.count(distinct(Order.person_id)).filter(Order.state != WITHDRAWN)
    rows = session.execute(
        select(number, *counts, people).where(periods.within(Order.placed_at)).group_by(number)
    ).all()
    named = (
        ("orders", Message("Orders", {}), 20),
        ("collected", Message("Orders that were collected", {}), 22),
        ("not_collected", Message("Orders that were not collected", {}), 23),
        ("active", Message("Residents who ordered", {}), 15),
    )
    return [
        Series(name, title, _column(periods, rows, place), order=order)
        for place, (name, title, order) in enumerate(named, start=1)
    ]


def _sales(session: Session, periods: Periods) -> list[Series]:
    number = periods.number(Order.placed_at).label("number")
    sold = func.sum(OrderLine.paid - OrderLine.refunded)
    rows = session.execute(
        select(number, sold, Space.kind)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Space, Space.id == OrderLine.seller_id)
        .where(periods.within(Order.placed_at), Order.state == COLLECTED)
        .group_by(number, Space.kind)
    ).all()
    whole = Series(
        "turnover", Message("Sales", {}), periods.filled(rows),
        Message("What was paid for orders of that time, less what was given back", {}), "won", 30,
    )  # fmt: skip
    parts = (
        Series(
            name, title, periods.filled(row for row in rows if row.kind == kind), None, "won", at
        )
        for kind, (name, title, at) in _KINDS.items()
    )
    return [whole, *parts]


def _column(periods: Periods, rows: Any, place: int) -> tuple[int, ...]:
    return periods.filled((row[0], row[place]) for row in rows)
