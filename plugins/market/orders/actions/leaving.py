"""Leaving: nobody goes while something that they ordered is on its way."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from .....core.errors import Refused
from .....core.node import Node
from ..models import Order
from ..rules import COLLECTED, Orderer, why_closed
from .change import withdraw_order


def let_go(node: Node, session: Session, person: Orderer) -> None:
    """Withdraw the orders that can still be withdrawn, and forget the person's telephone; refuse
    while another one is placed, or was taken home unpaid."""
    _check_paid(session, person.id)
    waiting = session.execute(
        select(Order.id, Order.occasion, Order.title)
        .where(Order.person_id == person.id, Order.state == "placed")
        .order_by(Order.occasion, Order.id)
    ).all()
    for order in waiting:
        terms = node.hooks.sale_terms(
            node=node, session=session, occasion=order.occasion, product_ids=frozenset()
        )
        closed = why_closed(terms, node.clock.now()) is not None
        if closed or not withdraw_order(node, session, person, order.id):
            raise Refused(
                "What you ordered in %(title)s is on its way. "
                "Please collect it first, or ask those who hand it over to cancel it.",
                title=order.title,
            )
    mine = update(Order).where(Order.person_id == person.id)
    # What stays says nobody's name or telephone: who it was is kept apart, while a law wants it.
    session.execute(mine.values(person_name="-", phone_tail=""))


def _check_paid(session: Session, person_id: int) -> None:
    unpaid = session.scalar(
        select(Order.title)
        .where(Order.person_id == person_id, Order.state == COLLECTED, Order.paid_at.is_(None))
        .limit(1)
    )
    if unpaid is not None:
        raise Refused(
            "What you took home from %(title)s is not paid yet. Please pay it first.", title=unpaid
        )
