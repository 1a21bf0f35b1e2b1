"""An order held for a change: nobody else changes it until the transaction ends."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.errors import NotFound, Refused
from .....core.node import Node
from ..models import Order, OrderLine
from ..queries import terms_of
from ..rules import PLACED, refusal, why_no_more


def held(session: Session, order_id: int) -> Order:
    """Return an order and lock its row; NotFound if there is none."""
    order = session.scalars(
        select(Order)
        .where(Order.id == order_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if order is None:
        raise NotFound("There is no such order.")
    return order


def held_unsettled(node: Node, session: Session, order_id: int) -> Order:
    """Return an order and lock its row; Refused if its occasion is settled, or held by nobody.

    Whoever answers for the occasion holds it as it is until the transaction ends, so that nothing
    moves while it is being settled; it is asked before the order is locked, as everywhere.
    """
    occasion = session.scalar(select(Order.occasion).where(Order.id == order_id))
    if occasion is None:
        raise NotFound("There is no such order.")
    terms = terms_of(node, session, occasion)
    if terms is None:
        raise Refused("Nobody holds this sale any more. What is in it stays as it is.")
    if terms.settled:
        raise Refused("This sale is settled. Nothing in it can be changed any more.")
    return held(session, order_id)


def held_line(node: Node, session: Session, line_id: int) -> tuple[Order, OrderLine]:
    """Return a line with its order as ``held_unsettled`` does; NotFound if there is none."""
    order_id = session.scalar(select(OrderLine.order_id).where(OrderLine.id == line_id))
    if order_id is None:
        raise NotFound("There is no such order.")
    order = held_unsettled(node, session, order_id)
    return order, session.get_one(OrderLine, line_id, populate_existing=True)


def lines_of(session: Session, order_id: int) -> dict[int, OrderLine]:
    """Return the lines of a held order by product."""
    rows = session.scalars(
        select(OrderLine)
        .where(OrderLine.order_id == order_id)
        .order_by(OrderLine.id)
        .execution_options(populate_existing=True)
    )
    return {line.product_id: line for line in rows}


def check_placed(order: Order) -> None:
    """Refuse with the reason if the order is not one that still waits to be collected."""
    if order.state != PLACED:
        raise refusal(why_no_more(order.state))


def check_version(order: Order, version: int | None) -> None:
    """Refuse if somebody changed the order after ``version`` was shown."""
    if version is not None and order.version != version:
        raise Refused("This order was changed in another window. Please look at it again.")


def touch(session: Session, order: Order, at: datetime, state: str | None = None) -> None:
    """Write that the order changed, and that it is now in ``state``."""
    order.version, order.changed_at = order.version + 1, at
    order.state = state or order.state
    session.flush()
