"""What residents paid for orders between nodes: amounts alone, nobody's name or number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ....market import OrderLine, sold_lines
from ...orders.models import TradeLine, TradeOrder
from ...orders.queries import rows_of_order
from ..rules.splitting import Portion, Sold

_Place = tuple[int, int]
"""An order's id and the number of one of its lines."""


def portions_of(
    session: Session, orders: Sequence[TradeOrder], rest: TradeOrder
) -> dict[int, tuple[Sold, ...]]:
    """Return what was sold and paid of the goods of one producer at one occasion, by its orders.

    What was sold at a price that no line has, as a substitute may be, counts for the first line of
    the product, and what no line is for at all for the first one of ``rest``. A line of which
    nothing was agreed, since it would have cost more, comes last: two lines of a product may have
    one price in the end.
    """
    rows = {order.id: _ranked(session, order) for order in orders}
    lines = [row for order in orders for row in rows[order.id]]
    by_price = {(row.product_id, row.price): _place(row) for row in reversed(lines)}
    by_product = {row.product_id: _place(row) for row in reversed(lines)}
    portions: dict[int, dict[int, list[Portion]]] = {order.id: {} for order in orders}
    for product_id, price, portion in _sold(session, rest):
        found = by_price.get((product_id, price)) or by_product.get(product_id)
        order_id, no = found or _place(rows[rest.id][0])
        portions[order_id].setdefault(no, []).append(portion)
    return {
        order_id: tuple(Sold(no, tuple(of_order[no])) for no in sorted(of_order))
        for order_id, of_order in portions.items()
    }


def _ranked(session: Session, order: TradeOrder) -> list[TradeLine]:
    return sorted(rows_of_order(session, order.id), key=lambda row: (not row.agreed, row.no))


def _place(row: TradeLine) -> _Place:
    return row.order_id, row.no


def _sold(session: Session, order: TradeOrder) -> Iterator[tuple[int, int, Portion]]:
    """Yield product, price and portion of each line that was sold of an order's producer."""
    sold = sold_lines(order.occasion or "").subquery()
    found = session.execute(
        select(
            sold.c.product_id, sold.c.quantity, sold.c.amount, OrderLine.price,
            OrderLine.weighed_g, OrderLine.sold_by,
        )
        .join(OrderLine, OrderLine.id == sold.c.line_id)
        .where(sold.c.seller_id == order.mirror_id)
    )  # fmt: skip
    for row in found:
        grams = row.weighed_g if row.sold_by == "weight" else None
        yield row.product_id, row.price, Portion(row.quantity, row.amount, grams)
