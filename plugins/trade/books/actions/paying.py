"""Payments between nodes: made by bank, said by the payer, and booked once they have arrived."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import audit, ledger
from .....core.errors import NotFound, Refused
from .....core.node import Node
from .....core.talk import Received
from ...orders.actions import held
from ...orders.actions.letters import tell_hub
from ...orders.queries import base
from ...orders.rules import problems
from ...orders.rules.bundles import MOST_WON
from ...orders.rules.reading import address, part, text
from ..models import Booking
from ..queries import balance_with, paid_and_waiting, waiting_from
from ..rules.documents import PAYMENT, amount_in, answer, event_of, payment, time_of
from .booking import book, new, whole_second
from .repeating import held_booking, repeat_one
from .sending import MONEY_LANE, envelope_to, peer_of, send

BANK = ledger.account("bank")
MOST_WAITING = 100
"""Payments of another node of which nobody here has said yet whether they have arrived."""


def pay(
    node: Node, session: Session, host: str, amount: int, *, reference: str, key: str,
    actor_id: int | None,
) -> Booking:  # fmt: skip
    """Write down that this node has paid another one by bank, and tell it.

    It is booked on both sides when the other one has seen it arrive. A second call with the same
    ``key`` changes nothing. Refused beyond what is owed and not paid yet.
    """
    ledger.hold(session)  # so that two who pay at once see each other's payment
    standing = session.scalar(select(Booking).where(Booking.key == _key(host, key)))
    if standing is not None:
        return standing
    reference = " ".join(reference.split())[:100]
    left = balance_with(session, host).owed - paid_and_waiting(session, host)
    if not 0 < amount <= min(left, MOST_WON):
        raise Refused("At most %(most)s won are owed and not paid yet.", most=f"{max(0, left):,}")
    if not reference:
        raise Refused("Please say what the bank's statement says of it.")
    peer = peer_of(node, session, host)
    head = envelope_to(node, peer.actor)
    event_id = f"{base(node)}/trade/events/{node.random.token(16)}"
    booking = new(
        node, event_id, host, PAYMENT, -amount, made_here=True, reference=reference,
        key=_key(host, key), actor_id=actor_id, at=whole_second(head.at),
    )  # fmt: skip
    session.add(booking)
    session.flush()
    _record(node, session, "paid", booking, actor_id)
    send(node, session, payment(head, event_id, amount, reference), lane=MONEY_LANE, kind=PAYMENT)
    return booking


def _key(host: str, key: str) -> str:
    return f"{key}:{host}"[:120]


def _tell_refused(node: Node, session: Session, booking: Booking) -> None:
    """Mark an order whose settlement stands in this book alone: people have to speak."""
    if booking.order_id is not None:
        order = held(session, booking.order_id)
        order.problem = problems.REFUSED.text
        tell_hub(node, session, order, "refused")


def _record(
    node: Node, session: Session, what: str, booking: Booking, actor_id: int | None
) -> None:
    audit.record(
        session, f"trade.payment.{what}", at=node.clock.now(), person_id=actor_id,
        subject=("trade_booking", booking.id), host=booking.host, amount=booking.amount,
        reference=booking.reference,
    )  # fmt: skip


def hear_payment(node: Node, session: Session, received: Received) -> tuple[None, str]:
    """Note that another node says it has paid: a person looks at the bank account."""
    event = event_of(received.document)
    event_id = address(event, "id")
    standing = session.scalar(select(Booking).where(Booking.event_id == event_id))
    if standing is not None:
        if standing.state != "waiting":
            repeat_one(node, session, standing)  # they say it again, so the answer got lost
        return None, standing.state
    if waiting_from(session, received.host) >= MOST_WAITING:
        raise Refused("Too many payments wait to be looked at already.")
    booking = new(
        node, event_id, received.host, PAYMENT, amount_in(event), made_here=False,
        reference=text(event, "trackingIdentifier", 100), at=time_of(event),
    )  # fmt: skip
    session.add(booking)
    session.flush()
    return None, "waits for a person"


def confirm(
    node: Node, session: Session, booking_id: int, *, arrived: bool, actor_id: int | None
) -> Booking:
    """Say whether a payment has arrived: if so it is booked here, and there when they hear it."""
    booking = _waiting(session, booking_id)
    if booking.made_here:
        raise Refused("Whoever is paid says whether it has arrived.")
    if booking.state != "waiting":
        return booking
    peer = peer_of(node, session, booking.host)
    head = envelope_to(node, peer.actor)
    booking.actor_id = actor_id
    if arrived:
        booking.at = whole_second(head.at)
        book(node, session, booking, BANK, f"{booking.host} · {booking.reference}")
    else:
        booking.state, booking.reason = "refused", "not arrived"
    _record(node, session, "arrived" if arrived else "not_arrived", booking, actor_id)
    kind = "Accept" if arrived else "Reject"
    document = answer(head, kind, "EconomicEvent", booking.event_id)
    send(node, session, document, lane=MONEY_LANE, kind="answer")
    return booking


def _waiting(session: Session, booking_id: int) -> Booking:
    found = held_booking(session, booking_id)
    if found.kind != PAYMENT:
        raise NotFound("There is no such payment.")
    return found


def hear_payment_answer(node: Node, session: Session, received: Received) -> tuple[int | None, str]:
    """Book a payment that has arrived, at the time at which the other node booked it; or note
    that an event was not agreed to."""
    about = part(received.document, "object")
    booking = session.scalars(
        select(Booking)
        .where(Booking.event_id == address(about, "id"), Booking.host == received.host)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if booking is None or not booking.made_here:
        raise NotFound("There is no such event here.")
    if booking.kind != PAYMENT:
        if received.kind == "Reject":
            booking.reason = text(received.document, "content") or "refused there"
            _tell_refused(node, session, booking)
        return booking.order_id, "not agreed to"
    if booking.state != "waiting":
        return None, booking.state
    if received.kind == "Accept":
        booking.at = time_of(received.document, "published")
        book(node, session, booking, BANK, f"{booking.host} · {booking.reference}")
    else:
        booking.state, booking.reason = "refused", "not arrived"
    return None, booking.state
