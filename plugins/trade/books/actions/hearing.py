"""Money events of another node: checked against what was agreed, then booked; or not agreed to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core import ledger
from .....core.addresses import host_of
from .....core.errors import NotFound, Refused
from .....core.node import Node
from .....core.talk import Receipt, Received
from ...orders.actions import known, move, note_event
from ...orders.actions.held import held_by_ref, lines_of, rows_of
from ...orders.actions.letters import tell_seller
from ...orders.actions.speaking import say_to_buyer
from ...orders.models import TradeOrder
from ...orders.rules import problems
from ...orders.rules.reading import Unreadable, address, ref
from ...orders.rules.states import Side, State, Word, may
from ..models import Booking
from ..rules.documents import (
    CORRECTION,
    PAYMENT,
    SETTLEMENT,
    amount_in,
    answer,
    event_of,
    shares_in,
    sold_in,
    time_of,
)
from ..rules.splitting import check
from .booking import book, new
from .paying import hear_payment, hear_payment_answer
from .sending import envelope_back, send
from .stating import hear_statement, hear_statement_answer

CLOCKS_DIFFER = timedelta(minutes=5)
_EVENT = ("Create", "EconomicEvent")


def receive(node: Node, session: Session, received: Received) -> Receipt | None:
    """Take a document about money between the nodes, or return None if it is none."""
    kind = (received.kind, received.object_kind)
    if kind == _EVENT:
        return _event(node, session, received)
    if kind == ("Create", "Statement"):
        return _kept(node, session, received, "statement", hear_statement)
    if kind in {("Accept", "Statement"), ("Reject", "Statement")}:
        return _kept(node, session, received, "answer", hear_statement_answer)
    if kind in {("Accept", "EconomicEvent"), ("Reject", "EconomicEvent")}:
        return _kept(node, session, received, "answer", hear_payment_answer)
    return None


def _event(node: Node, session: Session, received: Received) -> Receipt | None:
    event = event_of(received.document)
    takers: Mapping[str, Any] = {
        SETTLEMENT: _settlement, CORRECTION: _correction, PAYMENT: hear_payment,
    }  # fmt: skip
    purpose = event.get("purpose")
    if not isinstance(purpose, str) or purpose not in takers:
        return None
    if host_of(address(event, "id")) != received.host:
        raise Refused("Whoever sent this is not the one in whose name it speaks.")
    if time_of(event) > node.clock.now() + CLOCKS_DIFFER:
        raise Refused("Nothing is booked that has not happened yet.")
    return _kept(node, session, received, purpose, takers[purpose])


def _kept(node: Node, session: Session, received: Received, kind: str, take: Any) -> Receipt:
    standing = known(session, received)
    order_id, note = take(node, session, received)
    if not standing:
        note_event(node, session, "in", received.host, received.document, kind,
                   order_id=order_id, note=note)  # fmt: skip
    return Receipt(note or kind)


def _order(session: Session, received: Received) -> TradeOrder:
    order = held_by_ref(session, Side.SELLER, received.actor, ref(event_of(received.document)))
    if order is None:
        raise NotFound("There is no such order here.")
    return order


def standing(session: Session, event_id: str) -> Booking | None:
    """Return the event of this id if it was heard before."""
    return session.scalar(select(Booking).where(Booking.event_id == event_id))


def _settlement(node: Node, session: Session, received: Received) -> tuple[int, str]:
    """Book what the buyer's round came to; what is lacking is for people to agree on."""
    event, order = event_of(received.document), _order(session, received)
    event_id = address(event, "id")
    if standing(session, event_id) is not None:
        return order.id, "booked already"
    if _booked(session, order, SETTLEMENT) is not None:
        raise Refused("This order was settled by another event already.")
    sold, said = sold_in(event), shares_in(event)
    rows = rows_of(session, order.id)
    lines = {no: line for no, line in lines_of(session, order.id).items() if line.agreed}
    received_units = {no: _received(rows[no]) for no in lines}
    found = check(sold, said, lines, received_units, (order.activist_bp, order.centre_bp))
    booking = new(
        node, event_id, order.peer_host, SETTLEMENT, -said.producer, made_here=False,
        order_id=order.id, space_id=order.space_id, at=time_of(event),
        details={"paid": said.paid, "activist": said.activist, "centre": said.centre,
                 "lacking": found.lacking},
    )  # fmt: skip
    if found.wrong:
        return order.id, _refuse(node, session, order, booking, received, found.wrong)
    producer = ledger.account("producer", order.space_id)
    book(node, session, booking, producer, f"{order.title} · {order.peer_name}")
    word = Word.SHORT_SETTLEMENT if found.lacking else Word.SETTLEMENT
    _move(node, session, order, word)
    order.settled_at = node.clock.now()
    if found.lacking:
        order.problem = problems.UNPAID.text
        tell_seller(node, session, order, "unpaid")
    say_to_buyer(node, session, order, Word.READY)
    return order.id, "booked"


def _move(node: Node, session: Session, order: TradeOrder, word: Word) -> None:
    if not may(Side.SELLER, word, State(order.state)):
        order.problem = problems.UNAGREED.text
        return
    move(node, session, order, word)


def _received(row: Any) -> int:
    """What came of a line: as the buyer counted it, else what was sent or agreed."""
    sent = row.agreed if row.shipped is None else row.shipped
    return int(sent if row.received is None else row.received)


def _refuse(
    node: Node, session: Session, order: TradeOrder, booking: Booking, received: Received, why: str
) -> str:
    """Keep an event that cannot be booked, mark the order, and say so to the other side."""
    booking.state, booking.reason = "refused", why
    session.add(booking)
    order.problem = problems.WRONG.text
    _move(node, session, order, Word.SHORT_SETTLEMENT)
    tell_seller(node, session, order, "unpaid")
    head = envelope_back(node, received, order.space_id)
    document = answer(head, "Reject", "EconomicEvent", booking.event_id)
    document["content"] = why
    send(node, session, document, lane=f"order:{order.order_ref}", kind="reject",
         sender_id=order.space_id, order_id=order.id)  # fmt: skip
    say_to_buyer(node, session, order, Word.READY)
    return f"refused: {why}"


def _booked(session: Session, order: TradeOrder, kind: str) -> Booking | None:
    return session.scalars(
        select(Booking).where(
            Booking.order_id == order.id, Booking.kind == kind, Booking.state == "booked"
        )
    ).first()


def _correction(node: Node, session: Session, received: Received) -> tuple[int, str]:
    """Book what is taken back of a settlement; never more than it gave."""
    event, order = event_of(received.document), _order(session, received)
    event_id, amount = address(event, "id"), amount_in(event)
    if standing(session, event_id) is not None:
        return order.id, "booked already"
    given = session.scalar(
        select(func.coalesce(func.sum(Booking.amount), 0)).where(
            Booking.order_id == order.id, Booking.state == "booked"
        )
    )
    settled = _booked(session, order, SETTLEMENT)
    if settled is None or amount > -int(given or 0):
        raise Refused("A correction takes back no more than the settlement gave.")
    if address(event, "corrects", needed=False) not in {"", settled.event_id}:
        raise Unreadable("corrects", "names another event")
    booking = new(
        node, event_id, order.peer_host, CORRECTION, amount, made_here=False, order_id=order.id,
        space_id=order.space_id, corrects=settled.event_id, at=time_of(event),
    )  # fmt: skip
    producer = ledger.account("producer", order.space_id)
    book(node, session, booking, producer, f"{order.title} · {order.peer_name}")
    return order.id, "booked"
