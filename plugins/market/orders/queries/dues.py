"""What is to be paid for orders, with its parts, as it stands at this moment."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core.statements import Listed
from ...accounts.models import Container
from ...accounts.queries import account_of, accounts_of, containers
from ...accounts.rules import Due, Footing, due
from ..models import Order, OrderLine
from ..rules import PLACED
from .basket import Basket

# Made once: every page of an order that waits asks for these.
_ORDERS = Listed(
    lambda ids: (
        select(
            Order.id,
            Order.person_id,
            Order.state,
            Order.transferred,
            func.sum(OrderLine.amount).label("goods"),
        )
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(Order.id.in_(ids), Order.paid_at.is_(None))
        .group_by(Order.id)
    )
)
_CONTAINERS = Listed(
    lambda ids: (
        select(
            OrderLine.order_id,
            Container.id.label("container_id"),
            Container.name,
            Container.deposit,
            func.sum(OrderLine.delivered).label("number"),
        )
        .join(Container, Container.id == OrderLine.container_id)
        .where(OrderLine.order_id.in_(ids), OrderLine.delivered > 0, Container.retired_at.is_(None))
        .group_by(OrderLine.order_id, Container.id)
        .order_by(OrderLine.order_id, Container.id)
    )
)
_TRANSFERRED = Listed(
    lambda ids: (
        select(Order.person_id, func.sum(Order.transferred).label("won"))
        .where(
            Order.person_id.in_(ids),
            Order.state == PLACED,
            Order.paid_at.is_(None),
            Order.transferred > 0,
        )
        .group_by(Order.person_id)
    )
)


def dues(session: Session, order_ids: Collection[int]) -> dict[int, Due]:
    """Return what is to be paid for each of these orders, in won; paid ones are left out.

    Credit goes to each as if it were the next to be handed over, but for what was transferred for
    another order that waits. Four queries, however many orders there are.
    """
    return {order_id: each.due for order_id, each in footings(session, order_ids).items()}


def footings(session: Session, order_ids: Collection[int]) -> dict[int, Footing]:
    """Return what ``dues`` reckons with, for whoever has to reckon again without asking."""
    orders = _ORDERS.all(session, order_ids)
    people = {order.person_id for order in orders}
    accounts, kept = accounts_of(session, people), _transferred(session, people)
    deposits: dict[int, int] = {}
    for row in containers_of_orders(session, [order.id for order in orders]):
        deposits[row.order_id] = deposits.get(row.order_id, 0) + row.number * row.deposit
    return {
        order.id: Footing(
            int(order.goods),
            deposits.get(order.id, 0),
            accounts[order.person_id],
            reserved=kept.get(order.person_id, 0)
            - (order.transferred if order.state == PLACED else 0),
            transferred=order.transferred,
        )
        for order in orders
    }


def due_of(session: Session, order_id: int) -> Due | None:
    """Return what is to be paid for one order, None if it was paid."""
    return dues(session, [order_id]).get(order_id)


def due_at_checkout(session: Session, person_id: int, basket: Basket) -> Due:
    """Return what would be to pay for what can be ordered of a basket, with its parts."""
    lines = [
        line
        for part in basket.ready
        for _, of_seller in part.sellers
        for line in of_seller
        if line.problem is None
    ]
    prices = {
        row.id: row.deposit
        for row in (containers(session) if any(line.good.container_id for line in lines) else ())
    }
    return due(
        basket.total,
        sum(prices.get(line.good.container_id, 0) * line.quantity for line in lines),
        account_of(session, person_id),
        reserved=_transferred(session, {person_id}).get(person_id, 0),
    )


def containers_of_orders(session: Session, order_ids: Collection[int]) -> Sequence[Any]:
    """Return the containers in which these orders go out: order_id, container_id, name, number,
    and the won that one of them costs now."""
    return _CONTAINERS.all(session, order_ids)


def _transferred(session: Session, person_ids: Collection[int]) -> dict[int, int]:
    """Return what was transferred for all orders that wait, by person."""
    rows = _TRANSFERRED.all(session, person_ids)
    return {row.person_id: int(row.won) for row in rows}
