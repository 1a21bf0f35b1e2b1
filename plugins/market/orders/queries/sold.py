"""What stands sold of some products at an occasion, once corrections are counted in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core.answers import Sold
from .....core.values import Won
from ..models import Order, OrderEvent, OrderLine
from ..rules import CORRECTED, units_left
from .lines import sold_lines


def sold(session: Session, occasion: str, product_ids: frozenset[int]) -> Sequence[Sold]:
    """Return units and won of these products that were handed over and paid at an occasion.

    Sums come from the database; only lines of which something was given back after the settlement
    are looked at one by one.
    """
    lines = sold_lines(occasion).where(OrderLine.product_id.in_(product_ids)).subquery()
    rows = session.execute(
        select(
            lines.c.product_id, lines.c.seller_id,
            func.sum(lines.c.quantity).label("units"), func.sum(lines.c.amount).label("paid"),
        )
        .group_by(lines.c.product_id, lines.c.seller_id)
        .order_by(lines.c.product_id)
    )  # fmt: skip
    back = _given_back(session, occasion, product_ids)
    return [
        Sold(
            row.product_id, row.seller_id, int(row.units) - back.get(row.product_id, (0, 0))[0],
            Won(int(row.paid) - back.get(row.product_id, (0, 0))[1]),
        )
        for row in rows
    ]  # fmt: skip


def _given_back(
    session: Session, occasion: str, product_ids: frozenset[int]
) -> Mapping[int, tuple[int, int]]:
    """Return units and won that corrections took back, by product."""
    won = _corrected(session, occasion)
    if not won:
        return {}
    lines = sold_lines(occasion).where(
        OrderLine.product_id.in_(product_ids), OrderLine.order_id.in_({key[0] for key in won})
    )
    found: dict[int, tuple[int, int]] = {}
    for line in session.execute(lines):
        # Corrections that were made before they named the product are found by its name.
        back = won.get((line.order_id, line.product_id), 0)
        back += won.get((line.order_id, line.product_name), 0)
        back = min(back, line.amount)
        units = line.quantity - units_left(line.quantity, line.amount, line.amount - back)
        before = found.get(line.product_id, (0, 0))
        found[line.product_id] = (before[0] + units, before[1] + back)
    return found


def _corrected(session: Session, occasion: str) -> Mapping[tuple[int, Any], int]:
    """Return what corrections gave back, by order and by the number (or name) of the product."""
    rows = session.execute(
        select(OrderEvent.order_id, OrderEvent.details)
        .join(Order, Order.id == OrderEvent.order_id)
        .where(Order.occasion == occasion, OrderEvent.kind == CORRECTED)
    )
    found: dict[tuple[int, Any], int] = {}
    for row in rows:
        known = row.details.get("product_id")
        key = (row.order_id, row.details["product"] if known is None else known)
        found[key] = found.get(key, 0) + int(row.details["amount"])
    return found
