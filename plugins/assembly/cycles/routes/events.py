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
    "missed_minimum": "Does not come: below the minimum",
    "carried": "Goes over into the next round",
    "emptied": "Nothing of this order comes",
    "shortened": "There is less than was ordered",
    "cancelled": "Cancelled by the hub",
    "substituted": "Something else instead, as wished",
    "weighed": "Weighed",
    "packed": "Packed",
    "unpacked": "Not packed after all",
    "waits_again": "Waits to be collected again",
    "collected": "Handed over",
    "paid": "Paid",
    "not_collected": "Not collected",
    "refunded": "Money given back",
    "corrected": "Given back after the settlement",
    "transferred": "A transfer arrived",
    "untransferred": "A transfer was noted by mistake",
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
    if row.kind in {"missed_minimum", "carried"}:
        words.append(f"{details['product']} × {details['before']} ({details['seller']})")
    if row.kind == "shortened":
        words.append(f"{details['product']} {details['before']} → {details['after']}")
    if row.kind == "substituted":
        words.append(f"{details['product']} → {details['instead']} × {details['quantity']}")
    if row.kind == "weighed":
        words.append(f"{details['product']} {details['grams']:,} g")
    if row.kind == "packed":
        words.append(this_tongue().ngettext("%(num)s bag", "%(num)s bags", details["bags"]))
    if row.kind in {"refunded", "corrected"}:
        words.append(f"{details['product']} {won(details['amount'], this_tongue().language)}")
    if row.kind in {"transferred", "untransferred"}:
        words.append(won(details["amount"], this_tongue().language))
    if row.kind == "collected" and details.get("paid"):
        words.append(won(details["paid"], this_tongue().language))
    if details.get("reason"):
        words.append(str(details["reason"]))
    return words
