"""Handing an order over, which takes the money, or noting that nobody came for it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core import ledger
from .....core.errors import Refused
from .....core.node import Node
from .....core.values import Won
from ..models import Order
from ..rules import COLLECTED, NOT_COLLECTED, amount, given_reason, shop_of
from .held import check_placed, held_unsettled, lines_of, touch
from .notes import note


def hand_over(
    node: Node,
    session: Session,
    order_id: int,
    *,
    actor_id: int,
    paid: bool = True,
    shown: int | None = None,
) -> Won:
    """Hand an order over and take what it costs; return the won taken now.

    A second call takes nothing. With ``paid=False`` the goods go without the money; a later call
    with ``paid=True`` takes it. ``shown``: the won that whoever took the money was told to take;
    Refused if it is another sum by now, since the order was changed or cut meanwhile.
    """
    order = held_unsettled(node, session, order_id)
    if order.state == COLLECTED and (order.paid_at is not None or not paid):
        return Won(0)
    if order.state != COLLECTED:
        check_placed(order)
        order.collected_at = node.clock.now()
    taken = _take_payment(node, session, order, actor_id, shown) if paid else Won(0)
    at = node.clock.now()
    touch(session, order, at, COLLECTED)
    note(session, order_id, "collected", at=at, actor_id=actor_id, paid=taken)
    return taken


def _take_payment(
    node: Node, session: Session, order: Order, actor_id: int, shown: int | None
) -> Won:
    """Post what is paid as money in hand and as owed: by the node until it is settled, by a shop
    to itself at once."""
    total = 0
    for line in lines_of(session, order.id).values():
        line.paid = amount(line.price, line.delivered)
        total += line.paid
    if shown not in (None, total):
        raise Refused(
            "What is to be paid has changed since this page was shown. Please look again."
        )
    order.paid_at = node.clock.now()
    if total:
        entries = (
            (ledger.account("cash", order.host_id), total),
            (owed_to(order.occasion), -total),
        )
        draft = ledger.Draft(
            key=f"paid:{order.uid}",
            subject=f"order:{order.id}",
            memo=f"Order {order.number}, {order.title}"[:300],
            entries=entries,
            actor_id=actor_id,
        )
        ledger.post(session, [draft], order.paid_at)
    return Won(total)


def owed_to(occasion: str) -> str:
    """Return the ledger account to which a payment at this occasion belongs.

    A shop sells for itself; elsewhere the money is held until shares are settled.
    """
    shop = shop_of(occasion)
    return "held" if shop is None else ledger.account("producer", shop)


def mark_not_collected(
    node: Node, session: Session, order_id: int, *, actor_id: int, reason: str
) -> None:
    """Note that nobody came; nothing is paid, and goods that spoil do not go back on sale."""
    why = given_reason(reason)
    order = held_unsettled(node, session, order_id)
    if order.state == NOT_COLLECTED:
        return
    check_placed(order)
    at = node.clock.now()
    touch(session, order, at, NOT_COLLECTED)
    note(session, order_id, "not_collected", at=at, actor_id=actor_id, reason=why)
