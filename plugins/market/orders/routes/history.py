"""The history of an order in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .....core.language import won
from .....core.values import Message
from .....core.web import say, this_tongue
from ..rules import LESS, MONEY_BACK, SUBSTITUTE

TITLES = {
    "placed": (Message("Ordered", {}), "done"),
    "changed": (Message("Changed by you", {}), ""),
    "withdrawn": (Message("Withdrawn by you", {}), ""),
    "cancelled": (Message("Cancelled where it was to be collected", {}), "problem"),
    "shortened": (Message("Less can be delivered", {}), "problem"),
    "missed_minimum": (Message("Does not come: too little was ordered together", {}), "problem"),
    "called_off": (Message("Does not come: the producer cannot bring it", {}), "problem"),
    "cheaper": (Message("Costs less than you were told", {}), "done"),
    "carried": (Message("Goes over into the next round", {}), "problem"),
    "emptied": (Message("Nothing of this order comes", {}), "problem"),
    "substituted": (Message("Something else instead, as you wished", {}), ""),
    "weighed": (Message("Weighed", {}), ""),
    "packed": (Message("Packed", {}), "done"),
    "unpacked": (Message("Not packed after all", {}), ""),
    "waits_again": (Message("Waits to be collected again", {}), ""),
    "collected": (Message("Collected", {}), "done"),
    "not_collected": (Message("Not collected", {}), "problem"),
    "refunded": (Message("Money given back", {}), ""),
    "corrected": (Message("Given back onto your balance afterwards", {}), ""),
    "transferred": (Message("Your transfer arrived", {}), "done"),
    "untransferred": (Message("A transfer was noted by mistake", {}), "problem"),
}

_WISHES = {
    LESS: Message("if short, as many as there are", {}),
    MONEY_BACK: Message("if short, none and no charge", {}),
}

_PAID = {
    "paid": Message("%(amount)s paid", {}),
    "credit": Message("%(amount)s from the balance", {}),
    "deposits": Message("%(amount)s of it deposit for containers", {}),
    "debt": Message("%(amount)s of it open from last time", {}),
    "more": Message("%(amount)s too much, kept on the balance", {}),
    "less": Message("%(amount)s too little, asked next time", {}),
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
    moved = [f"{name} {before} → {after}" for name, before, after in details["lines"]]
    moved += [f"{name}: {wish_words(*wish)}" for name, *wish in details.get("wishes", ())]
    if place := details.get("place"):
        moved.append(say("collected at %(place)s", place=place))
    return ", ".join(moved)


def wish_words(wish: str, up_to: int | None) -> str:
    """Say what is done if too little comes."""
    if wish == SUBSTITUTE and up_to is not None:
        return say("if short, something else up to %(amount)s each", amount=_won(up_to))
    return this_tongue().say(_WISHES.get(wish, _WISHES[LESS]))


def _shortened(details: Mapping[str, Any]) -> str:
    text = f"{details['product']} {details['before']} → {details['after']}: {details['reason']}"
    if "came" not in details:
        return text
    shared = say(
        "%(came)s of %(ordered)s came and were shared fairly",
        came=details["came"],
        ordered=details["asked"],
    )
    return f"{text} ({shared})"


def _substituted(details: Mapping[str, Any]) -> str:
    return say(
        "%(instead)s × %(quantity)s instead of %(product)s: %(reason)s",
        instead=details["instead"],
        quantity=details["quantity"],
        product=details["product"],
        reason=details["reason"],
    )


def _weighed(details: Mapping[str, Any]) -> str:
    text = say(
        "%(product)s: %(grams)s g instead of about %(expected)s g, %(amount)s",
        product=details["product"],
        grams=f"{details['grams']:,}",
        expected=f"{details['expected']:,}",
        amount=_won(details["amount"]),
    )
    return f"{text} ({say('no more than you agreed to')})" if details["capped"] else text


def _missed(details: Mapping[str, Any]) -> str:
    return f"{details['product']} × {details['before']} ({details['seller']})"


def _cheaper(details: Mapping[str, Any]) -> str:
    return f"{details['product']} {_won(details['before'])} → {_won(details['after'])}"


def _packed(details: Mapping[str, Any]) -> str:
    return this_tongue().ngettext("%(num)s bag", "%(num)s bags", details["bags"])


def _collected(details: Mapping[str, Any]) -> str:
    difference = details.get("difference", 0)
    sums = {**details, "more": max(0, difference), "less": max(0, -difference)}
    return ", ".join(
        say(words.text, amount=_won(sums[name])) for name, words in _PAID.items() if sums.get(name)
    )


def _refunded(details: Mapping[str, Any]) -> str:
    return f"{details['product']}, {_won(details['amount'])}: {details['reason']}"


def _transferred(details: Mapping[str, Any]) -> str:
    return _won(details["amount"])


def _withdrawn(details: Mapping[str, Any]) -> str:
    if not details.get("over"):
        return ""
    return say("What was to go over into the next round is not ordered then either.")


def _reason(details: Mapping[str, Any]) -> str:
    return str(details.get("reason", ""))


_TEXTS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "placed": _placed,
    "changed": _changed,
    "shortened": _shortened,
    "substituted": _substituted,
    "weighed": _weighed,
    "missed_minimum": _missed,
    "called_off": _missed,
    "cheaper": _cheaper,
    "carried": _missed,
    "withdrawn": _withdrawn,
    "packed": _packed,
    "collected": _collected,
    "refunded": _refunded,
    "corrected": _refunded,
    "transferred": _transferred,
    "untransferred": _transferred,
}
