"""What states, reasons and documents of orders are called on pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .....core.values import Message
from .....core.web import say, this_tongue
from ..models import TradeOrder
from ..rules.states import Side, State


def _said(text: str) -> Message:
    return Message(text, {})


STATES: Mapping[State, tuple[Message, str]] = {
    State.DRAFT: (_said("Not sent yet"), "neutral"),
    State.OFFERED: (_said("Waiting for the producer"), "wait"),
    State.COUNTERED: (_said("Offered otherwise"), "wait"),
    State.ACCEPTED: (_said("Accepted"), "good"),
    State.AMENDING: (_said("A change waits for the producer"), "wait"),
    State.REJECTED: (_said("Rejected"), "problem"),
    State.EXPIRED: (_said("Not answered in time"), "problem"),
    State.CANCELLED: (_said("Order cancelled"), "problem"),
    State.READY: (_said("Goods stand ready"), "good"),
    State.SHIPPED: (_said("On its way"), "good"),
    State.DELIVERED: (_said("Received"), "good"),
    State.DISPUTED: (_said("To be agreed on"), "problem"),
    State.REFUNDED: (_said("Agreed: only what came is paid"), "good"),
    State.SETTLED: (_said("Order settled"), "good"),
}

REASONS: Mapping[str, Message] = {
    "gone": _said("not sold any more"),
    "price": _said("costs more now"),
    "stock": _said("too little left"),
    "too-late": _said("The producer takes no more changes: it is too late."),
    "withdrawn": _said("The hub has withdrawn the order."),
    "expired": _said("Nobody answered in time."),
    "day-passed": _said("The day of collection has passed."),
    "out-of-stock": _said("Sold out"),
    "weather": _said("Weather"),
    "quality": _said("Quality"),
    "other": _said("Another reason"),
    "lines": _said("The change could not be granted; the order stands as it was."),
    "removed": _said("The producer's node does not know this order any more."),
}

EVENTS: Mapping[str, Message] = {
    "offer": _said("Order sent"),
    "amend": _said("Change sent"),
    "take": _said("Other offer taken"),
    "undo": _said("Withdrawal"),
    "accept": _said("Acceptance"),
    "reject": _said("Rejection"),
    "counter": _said("Other offer"),
    "expiry": _said("End of the hold"),
    "cancel": _said("Cancellation"),
    "ready": _said("State told"),
    "shipment": _said("Delivery note"),
    "receipt": _said("Receipt"),
    "short_receipt": _said("Receipt with shortage"),
    "refund": _said("Agreement on a shortage"),
    "settlement": _said("Settlement"),
    "correction": _said("Correction"),
    "payment": _said("Payment"),
    "update": _said("Change sent"),
    "create": _said("Note of the producer"),
}


def state_of(order: TradeOrder) -> tuple[str, str]:
    """Return what an order's state is called, and its kind of badge."""
    words, kind = STATES[State(order.state)]
    if order.undone_at is not None and order.state not in {State.CANCELLED, State.REJECTED}:
        words, kind = _said("Withdrawal waits for the producer"), "wait"
    if order.side == Side.SELLER and order.state == State.OFFERED:
        words, kind = _said("Waits for your answer"), "wait"
    return this_tongue().say(words), kind


def reason_of(reason: str) -> str:
    """Return a reason in words; one that is not known here as it was written."""
    found = REASONS.get(reason)
    return this_tongue().say(found) if found is not None else reason


def event_of(event: Any) -> dict[str, Any]:
    """Return a document that was said or heard as the timeline shows it."""
    words = EVENTS.get(event.kind)
    title = this_tongue().say(words) if words is not None else event.kind
    way = say("sent") if event.direction == "out" else say("received from there")
    return {"at": event.at, "title": f"{title} · {way}", "text": event.hash[:16], "kind": None}
