"""Many orders of one occasion held at once, as whoever serves a whole round needs them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.errors import NotFound, Refused
from .....core.node import Node
from ..models import Order, OrderLine
from ..queries import terms_of
from .held import check_placed


@dataclass(frozen=True, slots=True)
class Served:
    """Orders that wait to be collected, locked, with all their lines by id."""

    orders: Mapping[int, Order]
    lines: dict[int, OrderLine]

    def lines_of(self, order_id: int) -> list[OrderLine]:
        return [line for line in self.lines.values() if line.order_id == order_id]


def serve(node: Node, session: Session, occasion: str, line_ids: Collection[int]) -> Served:
    """Lock the orders of these lines, in rising order of their ids, and return them.

    The occasion is asked first, as everywhere; NotFound for a line of another one, Refused if the
    occasion is settled or an order no longer waits to be collected.
    """
    terms = terms_of(node, session, occasion)
    if terms is None:
        raise Refused("Nobody holds this sale any more. What is in it stays as it is.")
    if terms.settled:
        raise Refused("This sale is settled. Nothing in it can be changed any more.")
    asked = set(line_ids)
    ids = _orders_of(session, occasion, asked)
    session.flush()
    orders = session.scalars(
        select(Order)
        .where(Order.id.in_(ids))
        .order_by(Order.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = {order.id: order for order in orders}
    for order in found.values():
        check_placed(order)
    return Served(found, _lines(session, ids))


def _orders_of(session: Session, occasion: str, line_ids: set[int]) -> set[int]:
    rows = session.execute(
        select(OrderLine.id, OrderLine.order_id).where(
            OrderLine.id.in_(line_ids), OrderLine.occasion == occasion
        )
    ).all()
    if len(rows) != len(line_ids):
        raise NotFound("There is no such order.")
    return {row.order_id for row in rows}


def _lines(session: Session, order_ids: Collection[int]) -> dict[int, OrderLine]:
    rows = session.scalars(
        select(OrderLine)
        .where(OrderLine.order_id.in_(order_ids))
        .order_by(OrderLine.order_id, OrderLine.id)
        .execution_options(populate_existing=True)
    )
    return {line.id: line for line in rows}
