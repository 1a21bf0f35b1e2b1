"""Placing orders: all of a wish at once or nothing of it, and once per key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, bindparam, insert, select
from sqlalchemy.orm import Session

from .....core import members, webhooks
from .....core.answers import PaymentProvider
from .....core.errors import Refused
from .....core.models import Person
from .....core.node import Node
from .....core.statements import Row, Statement, together
from ...catalog.rules import WEIGHT, certificate_of, most_grams
from ..models import Order, OrderLine
from ..rules import (
    AT_COLLECTION,
    LETTERS,
    PLACED,
    IfShort,
    Item,
    Orderer,
    cost,
    gathered,
    place_at,
    wishes_of,
)
from .agree import Agreed, Wish, agree
from .letters import Foreword, placed_letter
from .notes import note
from .stock import check_taken, taking
from .telling import tell

_ORDERS: Table = Order.__table__  # type: ignore[assignment]
_LINES: Table = OrderLine.__table__  # type: ignore[assignment]
_INSERT = Statement(
    lambda insert: (
        insert(_ORDERS).on_conflict_do_nothing().returning(_ORDERS.c.id, webhooks.LISTENING)
    )
)
INSERT_LINES = Statement(insert(_LINES))
# Held, so that nobody leaves while they order: the row's own key is held by the order anyway.
_PERSON = Statement(
    select(Person.phone, Person.email)
    .where(Person.id == bindparam("person_id"))
    .with_for_update(read=True)
)
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
    host_id: int | None = None,
    foreword: Foreword | None = None,
) -> Order:
    """Order these items at an occasion; a second call with the same ``key`` returns the same order.

    ``host_id`` is the place at which it is collected, None the occasion's own; ``foreword`` says in
    the confirming letter how the order came about. Refused with the
    reason if the occasion is closed, ``Short`` if something lacks; whoever calls
    then undoes the transaction. What comes back is a copy that can be read after it has ended.
    """
    if not items:
        raise Refused("There is nothing to order. Please put something in the basket first.")
    wish = Wish(occasion, gathered(items), key, wishes_of(items))
    try:
        check_payment(node, payment)
        agreed = agree(node, session, wish, node.clock.now())
        spot = place_at(agreed.terms, host_id)
        agreed = replace(agreed, wish=replace(wish, place=spot, foreword=foreword))
    except Refused:
        standing = standing_order(session, person.id, key)
        if standing is None:
            raise
        return standing
    tail = _phone_tail(session, person.id)
    return place(node, session, person, [agreed], payment, tail=tail)[0]


def place(
    node: Node,
    session: Session,
    person: Orderer,
    agreed: Sequence[Agreed],
    payment: str,
    *,
    tail: str,
) -> list[Order]:
    """Place one order for each of these, or none; stock is taken last, so it is held shortest.

    ``tail`` is ``tail_of`` the telephone of whoever orders.
    """
    at = node.clock.now()
    orders, fresh, units = [], list[tuple[Order, Agreed]](), dict[int, int]()
    heard = False
    for each in sorted(agreed, key=lambda each: each.wish.occasion):
        order, listening = _insert_order(node, session, person, each, payment, at, tail)
        orders.append(order)
        if listening is not None:
            fresh.append((order, each))
            heard = heard or listening > 0
            for product_id, wanted in _counted(each):
                units[product_id] = units.get(product_id, 0) + wanted
    with together(session):
        for order, each in fresh:
            _fill(node, session, person, order, each)
        taken = taking(session, units)
    check_taken(session, taken)
    if heard:
        for order, _ in fresh:
            tell(session, order, "placed", at)
    return orders


def _phone_tail(session: Session, person_id: int) -> str:
    """Return the last four digits of somebody's telephone, by which they are found on hub day."""
    return tail_of(_PERSON.one_or_none(session, {"person_id": person_id}))


def tail_of(person: Row | None) -> str:
    """Return the last four digits of the telephone of whoever orders; Refused if they have left."""
    if person is None or person.email.endswith(members.LEFT):
        raise Refused("This account is closed.")
    digits = "".join(sign for sign in person.phone if sign in "0123456789")
    return digits[-4:] if len(digits) >= 4 else ""


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
    if all(payment != each.name for each in ways_to_pay(node)):
        raise Refused("This way to pay is not offered here. Please choose another.")


def ways_to_pay(node: Node) -> Sequence[PaymentProvider]:
    """Return the ways to pay that are on now."""
    return node.host.collect("payment_providers", node=node)


def _insert_order(
    node: Node,
    session: Session,
    person: Orderer,
    agreed: Agreed,
    payment: str,
    at: datetime,
    tail: str,
) -> tuple[Order, int | None]:
    """Write the order, or find the one that another request with the same key has written.

    With it comes how many webhooks listen to anything, None if the order stood already.
    The insert waits for such a request to end and then makes no row: nothing to catch, nothing
    half done. The same happens if a code was drawn twice: then another one is drawn.
    """
    for _ in range(_DRAWS):
        row = {**_order_row(node, person, agreed, payment, at), "phone_tail": tail}
        made = _INSERT.one_or_none(session, row)
        if made is not None:
            return _copy(made.id, row), int(made.listening)
        standing = standing_order(session, person.id, agreed.wish.key)
        if standing is not None:
            return standing, None
    raise Refused("No collection code is free. Please try again in a moment.")


def _copy(order_id: int, row: Mapping[str, Any]) -> Order:
    """Return the order that was written, to be read; SQLAlchemy would note each value as a change,
    which costs more than it did to write the row."""
    order = Order()
    vars(order).update(row, id=order_id)
    return order


def _order_row(
    node: Node, person: Orderer, agreed: Agreed, payment: str, at: datetime
) -> dict[str, Any]:
    terms, local = agreed.terms, at.astimezone(ZoneInfo(node.settings.node.time_zone))
    spot = agreed.wish.place or place_at(terms, None)
    return {
        "uid": node.random.token(12),
        "number": f"{local:%y%m%d}-{node.random.code(5, LETTERS)}",
        "person_id": person.id,
        "person_name": person.name,
        "occasion": agreed.wish.occasion,
        "title": terms.title[:200],
        **spot.columns,
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
        line_row(node, order.id, agreed, product_id, quantity)
        for product_id, quantity in agreed.wish.wanted.items()
    ]
    INSERT_LINES.write(session, *lines)
    total = sum(line["amount"] for line in lines)
    note(session, order.id, "placed", at=order.placed_at, actor_id=person.id,
         lines=len(lines), total=total)  # fmt: skip
    own, foreword = agreed.terms.cut_offs, agreed.wish.foreword
    placed_letter(node, session, person, order, lines, own, foreword)


def line_row(
    node: Node, order_id: int, agreed: Agreed, product_id: int, quantity: int
) -> dict[str, Any]:
    """Return a line with everything frozen that was agreed."""
    good, terms = agreed.goods[product_id], agreed.terms
    weight = weight_of(good)
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
        "amount": cost(good.price, quantity, **weight),
        **weight,
        **agreed.wish.if_short.get(product_id, IfShort()).columns,
        "certificate": _certificate(node, good) if good.certification else "",
        "allergens": good.allergens,
        "container_id": good.container_id,
        "taken": 0 if good.stock is None else quantity,
        "tax_class": good.tax_class,
        "origin": good.origin,
        "storage": good.storage,
        "activist_bp": terms.activist_bp,
        "centre_bp": terms.centre_bp,
        "paid": 0,
        "refunded": 0,
    }


def _certificate(node: Node, good: Any) -> str:
    day = node.clock.now().astimezone(ZoneInfo(node.settings.node.time_zone)).date()
    return str(certificate_of(good, day) or "")


def weight_of(good: Any) -> dict[str, Any]:
    """Return how a product is sold, as a line keeps it and as it is reckoned with."""
    if good.sold_by != WEIGHT:
        return {"sold_by": good.sold_by, "expected_g": None, "most_g": None}
    expected = good.expected_g or 0
    return {"sold_by": WEIGHT, "expected_g": expected, "most_g": most_grams(expected)}


def _counted(agreed: Agreed) -> Iterable[tuple[int, int]]:
    """Return the products whose stock is counted, with what is to be taken of it."""
    return (
        (product_id, quantity)
        for product_id, quantity in agreed.wish.wanted.items()
        if agreed.goods[product_id].stock is not None
    )
