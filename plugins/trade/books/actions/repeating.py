"""Money events that the other side has not heard of: what was said of them is said again."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from .....core import audit
from .....core.errors import NotFound, Refused
from .....core.facts import LetterEnded
from .....core.node import Node
from ...orders.actions.speaking import lane
from ...orders.models import TradeEvent, TradeOrder
from ...orders.queries import base
from ...orders.rules import problems
from ..models import Booking
from ..rules.documents import CORRECTION, PAYMENT, SETTLEMENT
from .sending import MONEY_LANE, send

_ABOUT = TradeEvent.document["object"]["id"].as_string()
"""The event that a document is about."""

MOST_REPEATED = 100
"""Events that are repeated after one statement; the next one names the rest."""


def repeat(node: Node, session: Session, host: str, event_ids: Collection[str]) -> None:
    """Say again what this node has said of booked events: an event it made, or that a payment has
    arrived. Whoever knows them passes them over by their ids; what the other side has refused is
    for people."""
    bookings = session.scalars(
        select(Booking)
        .where(
            Booking.host == host,
            Booking.state == "booked",
            Booking.reason == "",
            Booking.event_id.in_(list(event_ids)[:MOST_REPEATED]),
            Booking.made_here | (Booking.kind == PAYMENT),
        )
        .order_by(Booking.id)
    )
    for booking in bookings.all():
        repeat_one(node, session, booking)


def say_again(node: Node, session: Session, booking_id: int, *, actor_id: int | None) -> Booking:
    """Say once more what this node has said of an event, under its own id: whoever has heard it
    already only repeats its answer. Refused where nothing was said that could be repeated."""
    booking = held_booking(session, booking_id)
    answered = booking.kind == PAYMENT and booking.state != "waiting"
    sayable = booking.state != "refused" if booking.made_here else answered
    if not sayable or not repeat_one(node, session, booking):
        raise Refused("There is nothing to say again of this.")
    booking.problem = ""
    audit.record(
        session, "trade.event.said_again", at=node.clock.now(), person_id=actor_id,
        subject=("trade_booking", booking.id), host=booking.host, amount=booking.amount,
    )  # fmt: skip
    return booking


def held_booking(session: Session, booking_id: int) -> Booking:
    """Return an event and lock its row; NotFound if there is none."""
    found = session.scalars(
        select(Booking)
        .where(Booking.id == booking_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such event here.")
    return found


def letter_ended(session: Session, fact: LetterEnded) -> None:
    """Mark an event of which a letter was given up, and clear it once another has arrived."""
    if not fact.lane.startswith((MONEY_LANE, "order:")):
        return
    event_id = session.scalar(
        select(_ABOUT).where(
            TradeEvent.direction == "out", TradeEvent.document_id == fact.id,
            TradeEvent.kind.in_((SETTLEMENT, CORRECTION, PAYMENT, "answer")),
        )
    )  # fmt: skip
    if event_id is None:
        return
    problem = "" if fact.arrived else problems.UNHEARD.text
    session.execute(
        update(Booking)
        .where(Booking.event_id == event_id, Booking.problem != problem)
        .values(problem=problem)
    )


def repeat_one(node: Node, session: Session, booking: Booking) -> bool:
    """Say again what was said of one event; False if nothing was."""
    kinds = (SETTLEMENT, CORRECTION, PAYMENT) if booking.made_here else ("answer",)
    said = session.scalars(
        select(TradeEvent)
        .where(
            TradeEvent.direction == "out",
            TradeEvent.host == booking.host,
            TradeEvent.kind.in_(kinds),
            booking.event_id == _ABOUT,
        )
        .order_by(TradeEvent.id)
        .limit(1)
    ).one_or_none()
    if said is None:
        return False
    # The letter of old was given up or refused, so that this one needs a name of its own; all
    # else, the time above all, is what was said then.
    again = {**said.document, "id": f"{base(node)}/trade/activities/{node.random.token(16)}"}
    order = None if said.order_id is None else session.get(TradeOrder, said.order_id)
    send(
        node, session, again, lane=MONEY_LANE if order is None else lane(order), kind=said.kind,
        sender_id=None if order is None else order.space_id, order_id=said.order_id,
    )  # fmt: skip
    return True
