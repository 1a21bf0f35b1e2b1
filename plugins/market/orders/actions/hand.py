"""Handing an order over, which takes the money, or noting that nobody came for it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from .....core import ledger
from .....core.errors import Refused
from .....core.node import Node
from .....core.values import Won
from ...accounts.actions import hold_account, take_along
from ...accounts.models import Tender
from ...accounts.rules import Due, resident, tenders
from ..models import Order
from ..queries import containers_of_orders, dues
from ..rules import COLLECTED, NOT_COLLECTED, given_reason, shop_of
from .held import check_placed, held_unsettled, lines_of, touch
from .notes import note
from .telling import tell


def hand_over(
    node: Node,
    session: Session,
    order_id: int,
    *,
    actor_id: int,
    paid: bool = True,
    shown: int | None = None,
    cash: int | None = None,
) -> Won:
    """Hand an order over and take what it costs; return the won taken in cash now.

    What the resident has on their account is used first, what they owe is asked besides:
    ``queries.due_of``. A second call takes nothing. With ``paid=False`` the goods go without the
    money; a later call with ``paid=True`` takes it. ``shown``: the won in cash that whoever took
    the money was told to take; Refused if it is another sum by now. ``cash``: what was really
    given; the difference goes to the resident's account, Refused beyond what the node has set.
    """
    order = held_unsettled(node, session, order_id)
    if order.state == COLLECTED and (order.paid_at is not None or not paid):
        return Won(0)
    if order.state != COLLECTED:
        check_placed(order)
        order.collected_at = node.clock.now()
    at, told = node.clock.now(), {"paid": 0}
    if paid:
        hold_account(session, order.person_id)
        asked = dues(session, [order_id])[order_id]
        given = _given(node, asked, shown, cash)
        told = _take_payment(node, session, order, asked, given, actor_id)
    touch(session, order, at, COLLECTED)
    note(session, order_id, "collected", at=at, actor_id=actor_id, **told)
    tell(session, order, "handed_over", at)
    return Won(told["paid"])


def _given(node: Node, asked: Due, shown: int | None, cash: int | None) -> int:
    """Return the won that were given; Refused if they cannot be right."""
    if shown not in (None, asked.cash):
        raise _changed()
    if cash is None:
        return asked.cash
    bound = node.host.settings("market")["difference_up_to"]
    if cash < 0 or abs(cash - asked.cash) > bound:
        raise Refused(
            "%(given)s won were typed, but %(asked)s won are to be paid. Up to %(most)s won more"
            " or less go to the resident's account; please look at the sum again.",
            given=f"{cash:,}",
            asked=f"{asked.cash:,}",
            most=f"{bound:,}",
        )
    return cash


def _take_payment(
    node: Node, session: Session, order: Order, asked: Due, cash: int, actor_id: int
) -> dict[str, int]:
    """Post what is paid: money in hand, what came from or goes to the resident's account, the
    deposits, and the price as owed: by the node until it is settled, by a shop to itself at once.

    Return what the history tells of it.
    """
    order.paid_at = at = node.clock.now()
    for line in lines_of(session, order.id).values():
        line.paid = line.amount
    for kind, amount in tenders(asked, cash).items():
        session.add(Tender(order_id=order.id, kind=kind, amount=amount, refunded=0, at=at))
    if asked.deposits:
        _take_containers(session, order, asked.deposits, at=at, actor_id=actor_id)
    entries = (
        (ledger.account("cash", order.host_id), cash),
        (resident(order.person_id), asked.total - cash),
        (owed_to(order.occasion), -asked.goods),
        ("deposit", -asked.deposits),
    )
    real = tuple((code, amount) for code, amount in entries if amount)
    if real:
        draft = ledger.Draft(
            key=f"paid:{order.uid}",
            subject=f"order:{order.id}",
            memo=f"Order {order.number}, {order.title}"[:300],
            entries=real,
            actor_id=actor_id,
        )
        ledger.post(session, [draft], at)
    parts = {"credit": asked.credit, "debt": asked.debt, "deposits": asked.deposits,
             "difference": cash - asked.cash}  # fmt: skip
    return {"paid": cash} | {name: amount for name, amount in parts.items() if amount}


def _changed() -> Refused:
    return Refused("What is to be paid has changed since this page was shown. Please look again.")


def _take_containers(
    session: Session, order: Order, deposits: int, *, at: datetime, actor_id: int
) -> None:
    """Write down what goes out in containers; Refused unless it is what was just charged."""
    rows = containers_of_orders(session, [order.id])
    if sum(int(row.number) * row.deposit for row in rows) != deposits:
        raise _changed()  # a container was retired, or its deposit changed, meanwhile
    take_along(
        session,
        [(row.container_id, int(row.number), row.deposit) for row in rows],
        person_id=order.person_id, host_id=order.host_id, order_id=order.id,
        key=f"order:{order.uid}", at=at, actor_id=actor_id,
    )  # fmt: skip


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
    tell(session, order, "not_collected", at)
