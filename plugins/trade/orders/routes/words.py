"""What states, reasons and documents of orders are called on pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .....core.values import Message, told_message
from .....core.web import say, this_tongue
from ..models import TradeOrder
from ..rules.states import Side, State

STATES: Mapping[State, tuple[Message, str]] = {
    State.DRAFT: (Message("Not sent yet", {}), "neutral"),
    State.OFFERED: (Message("Waiting for the producer", {}), "wait"),
    State.COUNTERED: (Message("Offered otherwise", {}), "wait"),
    State.ACCEPTED: (Message("Accepted", {}), "good"),
    State.AMENDING: (Message("A change waits for the producer", {}), "wait"),
    State.REJECTED: (Message("Rejected", {}), "problem"),
    State.EXPIRED: (Message("Not answered in time", {}), "problem"),
    State.CANCELLED: (Message("Order cancelled", {}), "problem"),
    State.READY: (Message("Goods stand ready", {}), "good"),
    State.SHIPPED: (Message("Goods on their way", {}), "good"),
    State.DELIVERED: (Message("Received", {}), "good"),
    State.DISPUTED: (Message("To be agreed on", {}), "problem"),
    State.REFUNDED: (Message("Agreed: only what came is paid", {}), "good"),
    State.SETTLED: (Message("Order settled", {}), "good"),
}

REASONS: Mapping[str, Message] = {
    "gone": Message("not sold any more", {}),
    "price": Message("costs more now", {}),
    "stock": Message("too little left", {}),
    "rates": Message("The hub's and the centre's shares are too high for the producer.", {}),
    "too-late": Message("The producer takes no more changes: it is too late.", {}),
    "withdrawn": Message("The hub has withdrawn the order.", {}),
    "expired": Message("Nobody answered in time.", {}),
    "day-passed": Message("The day of collection has passed.", {}),
    "out-of-stock": Message("Sold out", {}),
    "weather": Message("Weather", {}),
    "quality": Message("Quality", {}),
    "other": Message("Another reason", {}),
    "lines": Message("The change could not be granted; the order stands as it was.", {}),
    "removed": Message("The producer's node does not know this order any more.", {}),
}

EVENTS: Mapping[str, Message] = {
    "offer": Message("Order sent", {}),
    "amend": Message("Change sent", {}),
    "take": Message("Other offer taken", {}),
    "undo": Message("Order withdrawn", {}),
    "accept": Message("Order accepted", {}),
    "reject": Message("Rejection", {}),
    "counter": Message("Other offer", {}),
    "expiry": Message("End of the hold", {}),
    "cancel": Message("Cancellation", {}),
    "ready": Message("State told", {}),
    "shipment": Message("Delivery note", {}),
    "receipt": Message("Receipt", {}),
    "short_receipt": Message("Receipt with shortage", {}),
    "refund": Message("Agreement on a shortage", {}),
    "settlement": Message("Settlement", {}),
    "correction": Message("Correction", {}),
    "payment": Message("Payment", {}),
    "update": Message("Change sent", {}),
    "create": Message("Note of the producer", {}),
}


def state_of(order: TradeOrder) -> tuple[str, str]:
    """Return what an order's state is called, and its kind of badge."""
    words, kind = STATES[State(order.state)]
    if order.undone_at is not None and order.state not in {State.CANCELLED, State.REJECTED}:
        words, kind = Message("Withdrawal waits for the producer", {}), "wait"
    if order.side == Side.SELLER and order.state == State.OFFERED:
        words, kind = Message("Waits for your answer", {}), "wait"
    return this_tongue().say(words), kind


def reason_of(reason: str) -> str:
    """Return a reason in words; one that is not known here as it was written."""
    found = REASONS.get(reason)
    return this_tongue().say(found) if found is not None else reason


def problem_of(kept: str) -> str:
    """Return what is wrong with an order or a payment in words, "" if nothing is."""
    found = told_message(kept)
    return "" if found is None else this_tongue().say(found)


def event_of(event: Any) -> dict[str, Any]:
    """Return a document that was said or heard as the timeline shows it."""
    words = EVENTS.get(event.kind)
    title = this_tongue().say(words) if words is not None else event.kind
    way = say("sent") if event.direction == "out" else say("received from there")
    return {"at": event.at, "title": f"{title} · {way}", "text": event.hash[:16], "kind": None}
