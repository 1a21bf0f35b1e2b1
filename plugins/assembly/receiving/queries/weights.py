"""Goods that are sold by weight: what has to go on the scale, and what was weighed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from ....market import Order, OrderLine
from ...cycles.queries import AnyRow
from ...cycles.rules import occasion

Hubs = frozenset[int] | None
"""The hubs whose orders are asked for, None for all."""


def weighed_goods(session: Session, cycle_id: int, hubs: Hubs = None) -> Sequence[AnyRow]:
    """Return the products of a round that are sold by weight: product_id, product_name,
    unit_label, seller_name, lines, and ``weighed`` of them."""
    line = OrderLine
    query = _here(
        select(
            line.product_id,
            func.max(line.product_name).label("product_name"),
            func.max(line.unit_label).label("unit_label"),
            func.max(line.seller_name).label("seller_name"),
            func.count(line.id).label("lines"),
            func.count(line.weighed_g).label("weighed"),
        ),
        cycle_id,
        hubs,
    )
    return session.execute(
        query.group_by(line.product_id).order_by(func.max(line.product_name), line.product_id)
    ).all()


def weighing_lines(
    session: Session, cycle_id: int, product_id: int, hubs: Hubs = None
) -> Sequence[AnyRow]:
    """Return who gets how much of a product that is weighed, by name; NotFound if nobody does."""
    line = OrderLine
    query = _here(
        select(
            line.id.label("line_id"), line.product_id, line.product_name, line.unit_label,
            line.seller_name, line.price, line.delivered, line.expected_g, line.most_g,
            line.weighed_g, line.amount, Order.person_name, Order.code, Order.id.label("order_id"),
        ),
        cycle_id,
        hubs,
    )  # fmt: skip
    rows = session.execute(
        query.where(line.product_id == product_id).order_by(Order.person_name, Order.id)
    ).all()
    if not rows:
        raise NotFound("Nothing of this product has to be weighed.")
    return rows


def _here(query: Select[*tuple[Any, ...]], cycle_id: int, hubs: Hubs) -> Select[*tuple[Any, ...]]:
    query = query.join(Order, Order.id == OrderLine.order_id).where(
        OrderLine.occasion == occasion(cycle_id),
        OrderLine.sold_by == "weight",
        OrderLine.delivered > 0,
        Order.state == "placed",
    )
    return query if hubs is None else query.where(Order.host_id.in_(hubs))
