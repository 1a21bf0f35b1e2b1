"""What residents paid for an order between nodes: amounts alone, nobody's name or number."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ....market import OrderLine, sold_lines
from ...orders.models import TradeOrder
from ...orders.queries import rows_of_order
from ..rules.splitting import Portion, Sold


def portions_of(session: Session, order: TradeOrder) -> tuple[Sold, ...]:
    """Return what was sold and paid of an order's goods at its occasion, by its lines.

    What was sold at a price that no line has, as a substitute may be, counts for the first line of
    the product. A line of which nothing was agreed, since it would have cost more, comes last: two
    lines of a product may have one price in the end.
    """
    rows = sorted(rows_of_order(session, order.id), key=lambda row: (not row.agreed, row.no))
    by_price = {(row.product_id, row.price): row.no for row in reversed(rows)}
    by_product = {row.product_id: row.no for row in reversed(rows)}
    sold = sold_lines(order.occasion or "").subquery()
    found = session.execute(
        select(
            sold.c.product_id, sold.c.quantity, sold.c.amount, OrderLine.price,
            OrderLine.weighed_g, OrderLine.sold_by,
        )
        .join(OrderLine, OrderLine.id == sold.c.line_id)
        .where(sold.c.seller_id == order.mirror_id)
    )  # fmt: skip
    portions: dict[int, list[Portion]] = {}
    for row in found:
        no = by_price.get((row.product_id, row.price)) or by_product.get(row.product_id)
        if no is None:
            no = rows[0].no
        grams = row.weighed_g if row.sold_by == "weight" else None
        portions.setdefault(no, []).append(Portion(row.quantity, row.amount, grams))
    return tuple(Sold(no, tuple(portions[no])) for no in sorted(portions))
