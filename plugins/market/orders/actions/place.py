"""Placing orders: all of a wish at once or nothing of it, and once per key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from .....core.errors import Refused
from .....core.node import Node
from ..models import Order, OrderLine
from ..rules import AT_COLLECTION, LETTERS, PLACED, Item, Orderer, gathered
from .agree import Agreed, Wish, agree
from .letters import placed_letter
from .notes import note
from .stock import move_stock

_ORDERS: Table = Order.__table__  # type: ignore[assignment]
_LINES: Table = OrderLine.__table__  # type: ignore[assignment]
_INSERT = {
    name: dialect.insert(_ORDERS).on_conflict_do_nothing().returning(_ORDERS.c.id)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
INSERT_LINES = insert(_LINES)
_DRAWS = 20


def place_order(
    node: Node,
    session: Session,
    person: Orderer,
    *,
    occasion: str,
    items: Sequence[Item],
    key: str,
    payment: str = AT_COLLECTION,
) -> Order:
    """Order these items at an occasion; a second call with the same ``key`` returns the same order.

    Refused with the reason if the occasion is closed, ``Short`` if something lacks; whoever calls
    then undoes the transaction. What comes back is a copy that can be read after it has ended.
    """
    if not items:
        raise Refused("There is nothing to order. Please put something in the basket first.")
    wish = Wish(occasion, gathered(items), key)
    try:
        check_payment(node, payment)
        agreed = agree(node, session, wish, node.clock.now())
    except Refused:
        standing = standing_order(session, person.id, key)
        if standing is None:
            raise
        return standing
    return place(node, session, person, [agreed], payment)[0]


def place(
    node: Node, session: Session, person: Orderer, agreed: Sequence[Agreed], payment: str
) -> list[Order]:
    """Place one order for each of these, or none; stock is taken last, so it is held shortest."""
    at = node.clock.now()
    orders, units = [], dict[int, int]()
    for each in sorted(agreed, key=lambda each: each.wish.occasion):
        order, fresh = _insert_order(node, session, person, each, payment, at)
        orders.append(order)
        if fresh:
            _fill(node, session, person, order, each)
            for product_id, taken in _counted(each):
                units[product_id] = units.get(product_id, 0) + taken
    move_stock(session, units)
    return orders


def standing_order(session: Session, person_id: int, key: str) -> Order | None:
    """Return the order that this person already made under this key."""
    order = session.scalar(select(Order).where(Order.person_id == person_id, Order.key == key))
    if order is not None:
        session.expunge(order)
    return order


def check_payment(node: Node, payment: str) -> None:
    """Refuse a way to pay that no plugin provides."""
    if payment == AT_COLLECTION:
        return
    if all(payment != each.name for each in node.host.collect("payment_providers", node=node)):
        raise Refused("This way to pay is not offered here. Please choose another.")


def _insert_order(
    node: Node, session: Session, person: Orderer, agreed: Agreed, payment: str, at: datetime
) -> tuple[Order, bool]:
    """Write the order, or find the one that another request with the same key has written.

    The insert waits for such a request to end and then makes no row: nothing to catch, nothing
    half done. The same happens if a code was drawn twice: then another one is drawn.
    """
    connection = session.connection()
    statement = _INSERT[connection.dialect.name]
    for _ in range(_DRAWS):
        row = _order_row(node, person, agreed, payment, at)
        made = connection.execute(statement, row).scalar_one_or_none()
        if made is not None:
            return Order(id=made, **row), True
        standing = standing_order(session, person.id, agreed.wish.key)
        if standing is not None:
            return standing, False
    raise Refused("No collection code is free. Please try again in a moment.")


def _order_row(
    node: Node, person: Orderer, agreed: Agreed, payment: str, at: datetime
) -> dict[str, Any]:
    terms, local = agreed.terms, at.astimezone(ZoneInfo(node.settings.node.time_zone))
    return {
        "uid": node.random.token(12),
        "number": f"{local:%y%m%d}-{node.random.code(5, LETTERS)}",
        "person_id": person.id,
        "person_name": person.name,
        "occasion": agreed.wish.occasion,
        "title": terms.title[:200],
        "place": terms.place[:200],
        "address": terms.address[:200],
        "host_id": terms.host_id,
        "collect_from": terms.collect_from,
        "collect_until": terms.collect_until,
        "cut_off": terms.cut_off,
        "state": PLACED,
        "payment_provider": payment,
        "code": node.random.code(4, LETTERS),
        "key": agreed.wish.key,
        "version": 1,
        "placed_at": at,
        "changed_at": at,
        "collected_at": None,
        "paid_at": None,
    }


def _fill(node: Node, session: Session, person: Orderer, order: Order, agreed: Agreed) -> None:
    lines = [
        line_row(order.id, agreed, product_id, quantity)
        for product_id, quantity in agreed.wish.wanted.items()
    ]
    session.connection().execute(INSERT_LINES, lines)
    total = sum(line["price"] * line["quantity"] for line in lines)
    note(session, order.id, "placed", at=order.placed_at, actor_id=person.id,
         lines=len(lines), total=total)  # fmt: skip
    placed_letter(node, session, person, order, lines)


def line_row(order_id: int, agreed: Agreed, product_id: int, quantity: int) -> dict[str, Any]:
    """Return a line with everything frozen that was agreed."""
    good, terms = agreed.goods[product_id], agreed.terms
    return {
        "order_id": order_id,
        "occasion": terms.occasion,
        "product_id": product_id,
        "seller_id": good.seller_id,
        "seller_name": good.seller_name,
        "product_name": good.name,
        "unit_label": good.unit_label,
        "price": good.price,
        "quantity": quantity,
        "delivered": quantity,
        "taken": 0 if good.stock is None else quantity,
        "tax_class": good.tax_class,
        "origin": good.origin,
        "storage": good.storage,
        "activist_bp": terms.activist_bp,
        "centre_bp": terms.centre_bp,
        "paid": 0,
        "refunded": 0,
    }


def _counted(agreed: Agreed) -> Iterable[tuple[int, int]]:
    """Return the products whose stock is counted, with what is to be taken of it."""
    return (
        (product_id, quantity)
        for product_id, quantity in agreed.wish.wanted.items()
        if agreed.goods[product_id].stock is not None
    )
