"""Money events that the other side's book lacks: what was said of them is said again."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.node import Node
from ...orders.actions.speaking import lane
from ...orders.models import TradeEvent, TradeOrder
from ...orders.queries import base
from ..models import Booking
from ..rules.documents import CORRECTION, PAYMENT, SETTLEMENT
from .paying import MONEY_LANE
from .sending import send

MOST_REPEATED = 100
"""Events that are repeated after one statement; the next one names the rest."""


def repeat(node: Node, session: Session, host: str, event_ids: Collection[str]) -> None:
    """Say again what this node has said of booked events: an event it made, or that a payment has
    arrived. Whoever knows them passes them over by their ids."""
    bookings = session.scalars(
        select(Booking)
        .where(
            Booking.host == host,
            Booking.state == "booked",
            Booking.event_id.in_(list(event_ids)[:MOST_REPEATED]),
            Booking.made_here | (Booking.kind == PAYMENT),
        )
        .order_by(Booking.id)
    )
    for booking in bookings.all():
        _repeat(node, session, booking)


def _repeat(node: Node, session: Session, booking: Booking) -> None:
    kinds = (SETTLEMENT, CORRECTION, PAYMENT) if booking.made_here else ("answer",)
    said = session.scalars(
        select(TradeEvent)
        .where(
            TradeEvent.direction == "out",
            TradeEvent.host == booking.host,
            TradeEvent.kind.in_(kinds),
            TradeEvent.document["object"]["id"].as_string() == booking.event_id,
        )
        .order_by(TradeEvent.id)
        .limit(1)
    ).one_or_none()
    if said is None:
        return
    # The letter of old was given up or refused, so that this one needs a name of its own; all
    # else, the time above all, is what was said then.
    again = {**said.document, "id": f"{base(node)}/trade/activities/{node.random.token(16)}"}
    order = None if said.order_id is None else session.get(TradeOrder, said.order_id)
    send(
        node, session, again, lane=MONEY_LANE if order is None else lane(order), kind=said.kind,
        sender_id=None if order is None else order.space_id, order_id=said.order_id,
    )  # fmt: skip
