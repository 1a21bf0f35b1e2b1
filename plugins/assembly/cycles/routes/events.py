"""What happened to an order, in words for whoever hands it over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from .....core.language import won
from .....core.web import this_tongue
from ..queries import AnyRow

# Message ids in the context "round".
_TITLES = {
    "placed": "Order placed",
    "changed": "Changed by the resident",
    "withdrawn": "Withdrawn by the resident",
    "shortened": "There is less than was ordered",
    "cancelled": "Cancelled by the hub",
    "collected": "Handed over",
    "paid": "Paid",
    "not_collected": "Not collected",
    "refunded": "Money given back",
}
_GRAVE = frozenset({"withdrawn", "cancelled", "not_collected"})


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the timeline."""

    at: datetime
    title: str
    text: str
    kind: str | None


def told_events(rows: Iterable[AnyRow]) -> list[Event]:
    """Return an order's history as a timeline."""
    return [
        Event(
            row.at,
            this_tongue().pgettext("round", _TITLES.get(row.kind, "Changed")),
            " · ".join(_words(row)),
            "problem" if row.kind in _GRAVE else None,
        )
        for row in rows
    ]


def _words(row: AnyRow) -> list[str]:
    details = row.details
    words = [row.name] if row.name else []
    if row.kind == "shortened":
        words.append(f"{details['product']} {details['before']} → {details['after']}")
    if row.kind == "refunded":
        words.append(f"{details['product']} {won(details['amount'], this_tongue().language)}")
    if row.kind == "collected" and details.get("paid"):
        words.append(won(details["paid"], this_tongue().language))
    if details.get("reason"):
        words.append(str(details["reason"]))
    return words
