"""What is kept of orders, how long, and how it is forgotten whose they were.

E-Commerce Act, decree article 6: contracts and withdrawals, payments and deliveries 5 years. The
goods, amounts and days stay with the settled books; they are nobody's then.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select, tuple_, update
from sqlalchemy.orm import Session

from .....core.answers import Keeping
from .....core.rights.apart import nobody
from .....core.values import Message
from ...accounts.models import CreditPayout
from ..models import BasketLine, Order, OrderEvent

_LAW = Message(
    "our agreement with you, and the E-Commerce Act, decree article 6 (contracts, withdrawals,"
    " payments and deliveries)",
    {},
)
_YEARS = Message("5 years after the order; then nothing tells whose it was", {})


def forget_orders(session: Session, before: datetime, most: int) -> int:
    """Let orders that ended long ago be nobody's; the books about them stay."""
    no_one = nobody(session, before)
    due = session.scalars(
        select(Order.id)
        .where(Order.changed_at <= before, Order.state != "placed", Order.person_id != no_one)
        .order_by(Order.id)
        .limit(most)
    ).all()
    if due:
        blank = {"person_id": no_one, "person_name": "-", "phone_tail": "", "key": Order.uid}
        session.execute(update(Order).where(Order.id.in_(due)).values(**blank))
        session.execute(
            update(OrderEvent)
            .where(OrderEvent.order_id.in_(due), OrderEvent.actor_id.is_not(None))
            .values(actor_id=None)
        )
    return len(due)


def forget_baskets(session: Session, before: datetime, most: int) -> int:
    """Empty baskets that nobody came back to."""
    one = (BasketLine.person_id, BasketLine.occasion, BasketLine.product_id)
    due = select(*one).where(BasketLine.added_at <= before).limit(most)
    return _count(session.execute(delete(BasketLine).where(tuple_(*one).in_(due))))


def forget_payouts(session: Session, before: datetime, most: int) -> int:
    """Let it be nobody's that was paid out long ago."""
    no_one = nobody(session, before)
    due = (
        select(CreditPayout.id)
        .where(CreditPayout.decided_at <= before, CreditPayout.person_id != no_one)
        .limit(most)
    )
    gone = update(CreditPayout).where(CreditPayout.id.in_(due)).values(person_id=no_one)
    return _count(session.execute(gone))


def last_order(session: Session, person_id: int) -> datetime | None:
    """Return when anything last happened to an order of this person."""
    return session.scalar(select(func.max(Order.changed_at)).where(Order.person_id == person_id))


def _count(result: object) -> int:
    return int(result.rowcount)  # type: ignore[attr-defined]


KEEPINGS = (
    Keeping(
        "orders",
        Message("Orders: taking, handing over, paying, settling", {}),
        Message("name, what you ordered, received and paid, where and when", {}),
        _YEARS,
        _LAW,
        months=60,
        purge=forget_orders,
        last=last_order,
    ),
    Keeping(
        "payouts",
        Message("Money that you had paid out", {}),
        Message("amount, way and day; the bank account only until it is paid", {}),
        Message("5 years", {}),
        _LAW,
        months=60,
        purge=forget_payouts,
    ),
    Keeping(
        "baskets",
        Message("Your basket", {}),
        Message("what you put into it and have not ordered", {}),
        Message("until you order or empty it, at most 3 months", {}),
        Message("our agreement with you (article 15 (1) 4)", {}),
        months=3,
        purge=forget_baskets,
    ),
)
