"""The orders of an occasion: for whoever hands them over, and for whoever settles them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from ..models import Order, OrderLine
from ..rules import COLLECTED, PLACED, WITHDRAWN

AnyRow = Row[*tuple[Any, ...]]


def orders_of(
    session: Session,
    occasion: str,
    *,
    states: Collection[str] = (),
    search: str = "",
    after: int | None = None,
    limit: int | None = None,
) -> Sequence[AnyRow]:
    """Return the orders of an occasion by rising id, from the id ``after`` on.

    ``states``: only orders in these. ``search``: a code, a number or a part of a name. Of each
    row: id, uid, number, code, person_id, person_name, state, version, placed_at, collected_at,
    paid_at, ``amount`` as it stands, ``paid`` and ``refunded`` in won, ``units`` delivered.
    """
    query = _summed().where(Order.occasion == occasion).order_by(Order.id)
    if states:
        query = query.where(Order.state.in_(states))
    if search.strip():
        query = query.where(_matching(search.strip()))
    if after is not None:
        query = query.where(Order.id > after)
    return session.execute(query if limit is None else query.limit(limit)).all()


def _summed() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Order.id,
            Order.uid,
            Order.number,
            Order.code,
            Order.person_id,
            Order.person_name,
            Order.state,
            Order.version,
            Order.placed_at,
            Order.collected_at,
            Order.paid_at,
            func.sum(OrderLine.amount).label("amount"),
            func.sum(OrderLine.paid).label("paid"),
            func.sum(OrderLine.refunded).label("refunded"),
            func.sum(OrderLine.delivered).label("units"),
        )
        .join(OrderLine, OrderLine.order_id == Order.id)
        .group_by(Order.id)
    )


def _matching(text: str) -> Any:
    code = text.upper().replace(" ", "")
    return or_(
        Order.code == code,
        Order.number == code,
        Order.person_name.icontains(text, autoescape=True),
    )


def order_lines(
    session: Session,
    occasion: str,
    *,
    order_ids: Collection[int] = (),
    seller_id: int | None = None,
    states: Collection[str] = (),
) -> Sequence[AnyRow]:
    """Return the lines of an occasion's orders, by order and then by line; withdrawn ones are
    left out unless ``states`` asks for them.

    Of each row: line_id, order_id, uid, number, code, person_id, person_name, state, product_id,
    product_name, unit_label, origin, storage, seller_id, seller_name, tax_class, price, quantity,
    delivered, amount, sold_by, expected_g, most_g, weighed_g, wish, substitute_up_to,
    substitute_for_id, container_id, paid, refunded, activist_bp, centre_bp.
    """
    query = _lines().where(OrderLine.occasion == occasion)
    query = query.where(Order.state.in_(states) if states else Order.state != WITHDRAWN)
    if order_ids:
        query = query.where(OrderLine.order_id.in_(order_ids))
    if seller_id is not None:
        query = query.where(OrderLine.seller_id == seller_id)
    return session.execute(query.order_by(OrderLine.order_id, OrderLine.id)).all()


def _lines() -> Select[*tuple[Any, ...]]:
    return select(
        OrderLine.id.label("line_id"),
        OrderLine.order_id,
        Order.uid,
        Order.number,
        Order.code,
        Order.person_id,
        Order.person_name,
        Order.state,
        OrderLine.product_id,
        OrderLine.product_name,
        OrderLine.unit_label,
        OrderLine.origin,
        OrderLine.storage,
        OrderLine.seller_id,
        OrderLine.seller_name,
        OrderLine.tax_class,
        OrderLine.price,
        OrderLine.quantity,
        OrderLine.delivered,
        OrderLine.amount,
        OrderLine.sold_by,
        OrderLine.expected_g,
        OrderLine.most_g,
        OrderLine.weighed_g,
        OrderLine.wish,
        OrderLine.substitute_up_to,
        OrderLine.substitute_for_id,
        OrderLine.container_id,
        OrderLine.paid,
        OrderLine.refunded,
        OrderLine.activist_bp,
        OrderLine.centre_bp,
    ).join(Order, Order.id == OrderLine.order_id)


def sold_lines(occasion: str) -> Select[*tuple[Any, ...]]:
    """Return a query for what was sold and paid at an occasion, to be settled line by line.

    Columns: line_id, order_id, hub_id (where it was collected), product_id, seller_id, seller_name,
    product_name, unit_label, quantity (what was delivered), tax_class, amount (paid - refunded,
    always above 0), activist_bp, centre_bp.
    """
    amount = OrderLine.paid - OrderLine.refunded
    return (
        select(
            OrderLine.id.label("line_id"),
            OrderLine.order_id,
            Order.host_id.label("hub_id"),
            OrderLine.product_id,
            OrderLine.seller_id,
            OrderLine.seller_name,
            OrderLine.product_name,
            OrderLine.unit_label,
            OrderLine.delivered.label("quantity"),
            OrderLine.tax_class,
            amount.label("amount"),
            OrderLine.activist_bp,
            OrderLine.centre_bp,
        )
        .join(Order, Order.id == OrderLine.order_id)
        .where(OrderLine.occasion == occasion, Order.state == COLLECTED, amount > 0)
    )


def order_at(session: Session, occasion: str, uid: str) -> AnyRow:
    """Return an order of an occasion; NotFound if it is of another one."""
    order = session.execute(
        select(Order.id, Order.uid, Order.number, Order.code, Order.person_name, Order.state).where(
            Order.occasion == occasion, Order.uid == uid
        )
    ).one_or_none()
    if order is None:
        raise NotFound("There is no such order.")
    return order


def waiting(session: Session, occasions: Collection[str]) -> dict[str, int]:
    """Return how many orders of each of these occasions wait to be handed over."""
    rows = session.execute(
        select(Order.occasion, func.count().label("number"))
        .where(Order.occasion.in_(occasions), Order.state == PLACED)
        .group_by(Order.occasion)
    )
    return {row.occasion: row.number for row in rows}
