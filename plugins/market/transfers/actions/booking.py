"""Booking deposits: onto the account of who paid, and with the order for which they came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import ledger
from .....core.node import Node
from ...accounts.rules import resident
from ...orders.actions.notes import note
from ...orders.models import Order
from ...orders.rules import PLACED
from ..models import Deposit
from .letters import arrived_letter


@dataclass(frozen=True, slots=True)
class Booking:
    """A deposit with whose it is, and the order for which it came, if it was for one."""

    deposit: Deposit
    person_id: int
    order_id: int | None


def held_orders(session: Session, order_ids: Sequence[int]) -> dict[int, Order]:
    """Lock these orders, in rising order of their ids so that nobody waits in a circle."""
    rows = session.scalars(
        select(Order)
        .where(Order.id.in_(order_ids))
        .order_by(Order.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {order.id: order for order in rows}


def book(
    node: Node, session: Session, bookings: Sequence[Booking], *, state: str, actor_id: int | None
) -> None:
    """Book deposits: bank + / resident -, all of them in one go; the orders' rows are held first,
    the ledger's last, as everywhere."""
    at = node.clock.now()
    orders = held_orders(session, [each.order_id for each in bookings if each.order_id])
    drafts = []
    for each in bookings:
        order = orders.get(each.order_id) if each.order_id else None
        drafts.append(_draft(each, order, actor_id))
        _write(session, each, order, state, at, actor_id)
    session.flush()
    ledger.post(session, drafts, at)
    for each in bookings:
        order = orders.get(each.order_id) if each.order_id else None
        arrived_letter(node, session, each.deposit, each.person_id, order)


def posting_key(deposit: Deposit) -> str:
    """Return the key of the posting that a deposit has, or will have, as it stands."""
    return f"transfer:{deposit.mark}:{deposit.version}"


def _draft(each: Booking, order: Order | None, actor_id: int | None) -> ledger.Draft:
    amount = each.deposit.amount
    what = f", order {order.number}" if order is not None else ""
    return ledger.Draft(
        key=posting_key(each.deposit),
        subject=f"order:{order.id}" if order is not None else f"person:{each.person_id}",
        memo=f"Bank transfer of {amount} won{what}",
        entries=(("bank", amount), (resident(each.person_id), -amount)),
        actor_id=actor_id,
    )


def _write(
    session: Session, each: Booking, order: Order | None, state: str, at: datetime,
    actor_id: int | None,
) -> None:  # fmt: skip
    deposit = each.deposit
    deposit.state, deposit.person_id, deposit.order_id = state, each.person_id, None
    deposit.decided_at, deposit.decided_by = at, actor_id
    if order is None:
        return
    if order.state == PLACED and order.paid_at is None:
        # Only then it is kept for this very order; else it is credit like any other.
        order.transferred += deposit.amount
        deposit.order_id = order.id
    note(session, order.id, "transferred", at=at, actor_id=actor_id, amount=deposit.amount)
