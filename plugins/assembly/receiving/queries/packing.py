"""The orders of a round as bags: what is packed, and what stands on the labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import String, cast, func, literal, select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from ....market import Order, OrderLine
from ...cycles.models import Cycle
from ...cycles.queries import AnyRow
from ...cycles.rules import occasion
from .weights import Hubs

_ORDER = (
    Order.id, Order.uid, Order.code, Order.number, Order.person_name, Order.state, Order.place,
    Order.host_id, Order.bags, Order.packed_at, Order.version,
)  # fmt: skip


def packing_orders(
    session: Session,
    cycle_id: int,
    hubs: Hubs = None,
    *,
    after: tuple[str, int] | None = None,
    limit: int = 60,
) -> Sequence[AnyRow]:
    """Return the orders that wait, by name, with their lines, units and what is not weighed yet."""
    unweighed = func.count(OrderLine.id).filter(
        OrderLine.sold_by == "weight", OrderLine.delivered > 0, OrderLine.weighed_g.is_(None)
    )
    query = (
        _orders(cycle_id, hubs)
        .add_columns(
            func.count(OrderLine.id).filter(OrderLine.delivered > 0).label("lines"),
            func.coalesce(func.sum(OrderLine.delivered), 0).label("units"),
            unweighed.label("unweighed"),
        )
        .join(OrderLine, OrderLine.order_id == Order.id)
        .group_by(Order.id)
        .order_by(Order.person_name, Order.id)
        .limit(limit)
    )
    if after is not None:
        query = query.where(
            (Order.person_name > after[0])
            | ((Order.person_name == after[0]) & (Order.id > after[1]))
        )
    return session.execute(query).all()


def bags_of(session: Session, cycle_id: int, hubs: Hubs = None) -> AnyRow:
    """Return how many orders wait, how many of them are packed, and in how many bags."""
    orders = _orders(cycle_id, hubs).subquery().c
    return session.execute(
        select(
            func.count(orders.id).label("orders"),
            func.count(orders.bags).label("packed"),
            func.coalesce(func.sum(orders.bags), 0).label("bags"),
        )
    ).one()


def label_lines(
    session: Session, cycle_id: int, hubs: Hubs = None, *, order_id: int | None = None
) -> Sequence[AnyRow]:
    """Return what is in the bags, by name and order: name, code, uid, bags and each product."""
    query = (
        _orders(cycle_id, hubs)
        .add_columns(
            OrderLine.product_name,
            OrderLine.unit_label,
            OrderLine.storage,
            OrderLine.delivered,
            OrderLine.weighed_g,
        )
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(OrderLine.delivered > 0)
        .order_by(Order.place, Order.person_name, Order.id, OrderLine.id)
    )
    if order_id is not None:
        query = query.where(Order.id == order_id)
    rows = session.execute(query).all()
    if order_id is not None and not rows:
        raise NotFound("There is no such order in this round.")
    return rows


def _orders(cycle_id: int, hubs: Hubs) -> Any:
    query = select(*_ORDER).where(Order.occasion == occasion(cycle_id), Order.state == "placed")
    return query if hubs is None else query.where(Order.host_id.in_(hubs))


def order_of_label(session: Session, uid: str) -> AnyRow | None:
    """Return the order on whose label this name stands, with its round and hubs: id, person_id,
    host_id, cycle_id, hub_id. None if there is none."""
    return session.execute(
        select(Order.id, Order.person_id, Order.host_id, Cycle.id.label("cycle_id"), Cycle.hub_id)
        .join(Cycle, Order.occasion == literal("cycle:") + cast(Cycle.id, String))
        .where(Order.uid == uid)
    ).one_or_none()
