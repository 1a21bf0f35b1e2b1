"""The history of an order in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .....core.language import won
from .....core.values import Message
from .....core.web import say, this_tongue

TITLES = {
    "placed": (Message("Ordered", {}), "done"),
    "changed": (Message("Changed by you", {}), ""),
    "withdrawn": (Message("Withdrawn by you", {}), ""),
    "cancelled": (Message("Cancelled where it was to be collected", {}), "problem"),
    "shortened": (Message("Less can be delivered", {}), "problem"),
    "collected": (Message("Collected", {}), "done"),
    "not_collected": (Message("Not collected", {}), "problem"),
    "refunded": (Message("Money given back", {}), ""),
}


def told_events(events: Iterable[Any]) -> list[dict[str, Any]]:
    """Return events as the timeline shows them."""
    return [
        {
            "at": event.at,
            "title": this_tongue().say(TITLES[event.kind][0]),
            "text": _TEXTS.get(event.kind, _reason)(event.details),
            "kind": TITLES[event.kind][1] or None,
        }
        for event in events
    ]


def _won(amount: int) -> str:
    return won(amount, this_tongue().language)


def _placed(details: Mapping[str, Any]) -> str:
    return _won(details["total"])


def _changed(details: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {before} → {after}" for name, before, after in details["lines"])


def _shortened(details: Mapping[str, Any]) -> str:
    return f"{details['product']} {details['before']} → {details['after']}: {details['reason']}"


def _collected(details: Mapping[str, Any]) -> str:
    return say("%(amount)s paid", amount=_won(details["paid"])) if details["paid"] else ""


def _refunded(details: Mapping[str, Any]) -> str:
    return f"{details['product']}, {_won(details['amount'])}: {details['reason']}"


def _reason(details: Mapping[str, Any]) -> str:
    return str(details.get("reason", ""))


_TEXTS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "placed": _placed,
    "changed": _changed,
    "shortened": _shortened,
    "collected": _collected,
    "refunded": _refunded,
}
