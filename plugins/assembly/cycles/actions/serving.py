"""What the hub does with orders of its round: shortages, cancelling, the day of collection.

Each holds the round's state still while it is done, so that nothing is handed over, refunded or
changed while the round is being settled.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.errors import NotFound, Refused
from .....core.node import Node
from .... import market
from ....market import Order, OrderLine, Refund
from ..models import Cycle
from ..queries import still_coming
from ..rules import CANCELLING, HANDING_OVER, SHORTAGE, State, check_state, occasion, shown_state
from .collecting import tell_not_collected_later
from .held import locked
from .ticks import forget_ticks, set_ticks


def deliver_less(
    node: Node, session: Session, cycle_id: int, line_id: int, delivered: int, *,
    reason: str, actor_id: int,
) -> None:  # fmt: skip
    """Write down that there is less of a line than was ordered; that much less is to pay."""
    _serve(node, session, cycle_id, SHORTAGE)
    _check_line(session, cycle_id, line_id)
    _check_coming(session, line_id)
    market.deliver_less(node, session, line_id, delivered, reason=reason, actor_id=actor_id)


def cancel(
    node: Node, session: Session, cycle_id: int, order_id: int, *,
    reason: str, actor_id: int,
) -> None:  # fmt: skip
    """Cancel an order after the cut-off, with a reason that the resident sees."""
    _serve(node, session, cycle_id, CANCELLING)
    _check_order(session, cycle_id, order_id)
    market.cancel_by_hub(node, session, order_id, reason=reason, actor_id=actor_id)


def hand_over(
    node: Node, session: Session, cycle_id: int, order_id: int, *,
    actor_id: int, shown: int | None = None, cash: int | None = None,
) -> None:  # fmt: skip
    """Hand an order over and take the money for what there is of it; Refused if what is to be
    taken in cash is no longer the won that were ``shown``. ``cash``: what was really given."""
    _serve(node, session, cycle_id, HANDING_OVER)
    _check_order(session, cycle_id, order_id)
    market.hand_over(node, session, order_id, actor_id=actor_id, shown=shown, cash=cash)
    _check_weighed(session, order_id)  # now that nobody else can change the order
    forget_ticks(session, order_id)


def keep_ticks(
    node: Node, session: Session, cycle_id: int, order_id: int, marks: Collection[str]
) -> None:
    """Keep which bags and goods of an order lie ready, while it waits to be handed over."""
    _serve(node, session, cycle_id, HANDING_OVER)
    _check_order(session, cycle_id, order_id)
    order = session.scalars(
        select(Order).where(Order.id == order_id).with_for_update()
    ).one()  # two who tick at once wait for each other
    if order.state == "placed":
        set_ticks(session, order, marks)


def mark_not_collected(
    node: Node, session: Session, cycle_id: int, order_id: int, *,
    reason: str, actor_id: int,
) -> None:  # fmt: skip
    """Write down that nobody came for an order."""
    _serve(node, session, cycle_id, HANDING_OVER)
    _check_order(session, cycle_id, order_id)
    market.mark_not_collected(node, session, order_id, reason=reason, actor_id=actor_id)
    tell_not_collected_later(node, session, order_id)


def refund(
    node: Node, session: Session, cycle_id: int, line_id: int, amount: int, *,
    reason: str, key: str, actor_id: int,
) -> Refund:  # fmt: skip
    """Give money back for a line of an order that was handed over, once per ``key``; return how
    much of it in cash."""
    _serve(node, session, cycle_id, HANDING_OVER)
    _check_line(session, cycle_id, line_id)
    return market.refund(node, session, line_id, amount, reason=reason, actor_id=actor_id, key=key)


def _serve(node: Node, session: Session, cycle_id: int, allowed: frozenset[State]) -> Cycle:
    cycle = locked(session, cycle_id, shared=True)
    check_state(shown_state(State(cycle.state), cycle.cut_off, node.clock.now()), allowed)
    return cycle


def _check_order(session: Session, cycle_id: int, order_id: int) -> None:
    """Refuse an order of another round: whoever runs this one may not touch it."""
    found = session.scalar(
        select(Order.id).where(Order.id == order_id, Order.occasion == occasion(cycle_id))
    )
    if found is None:
        raise NotFound("There is no such order in this round.")


def _check_weighed(session: Session, order_id: int) -> None:
    """Refuse an order in which something was never put on the scale: it has no price yet."""
    name = session.scalar(
        select(OrderLine.product_name)
        .where(
            OrderLine.order_id == order_id, OrderLine.sold_by == "weight",
            OrderLine.delivered > 0, OrderLine.weighed_g.is_(None),
        )
        .limit(1)
    )  # fmt: skip
    if name is not None:
        raise Refused("Please weigh %(name)s first: it is paid by its weight.", name=name)


def _check_line(session: Session, cycle_id: int, line_id: int) -> None:
    found = session.scalar(
        select(OrderLine.id).where(
            OrderLine.id == line_id, OrderLine.occasion == occasion(cycle_id)
        )
    )
    if found is None:
        raise NotFound("There is no such order in this round.")


def _check_coming(session: Session, line_id: int) -> None:
    coming = select(OrderLine.id).where(OrderLine.id == line_id, still_coming())
    if session.scalar(coming) is None:
        raise Refused(
            "Too little of this producer was ordered together, so nothing of it comes this time."
        )
