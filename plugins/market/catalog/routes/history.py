"""What was changed in a product, by whom, in words for its seller."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .....core.values import Message
from .....core.web import say, this_tongue
from ..queries import AnyRow

_CHANGED = Message("Changed", {})
_TITLES = {
    "market.product.made": Message("Offered for the first time", {}),
    "market.product.imported": Message("Taken over from a spreadsheet", {}),
    "market.product.changed": _CHANGED,
    "market.product.stock": Message("Stock counted", {}),
    "market.product.restored": Message("Taken over from a spreadsheet and taken back", {}),
    "market.product.listed": Message("Put back on the list", {}),
    "market.product.unlisted": Message("Taken off the list", {}),
    "market.product.resting": Message("Not this week", {}),
    "market.product.price_refused": Message("Another price was refused", {}),
}
_FIELDS = {
    "name": Message("Name", {}),
    "category": Message("Kind of goods", {}),
    "description": Message("Description", {}),
    "unit_label": Message("Unit", {}),
    "price": Message("Price", {}),
    "tax_class": Message("Tax", {}),
    "origin": Message("Origin", {}),
    "storage": Message("Storage", {}),
    "stock": Message("Stock", {}),
    "minimum": Message("Smallest order", {}),
    "step": Message("Step", {}),
    "picture_id": Message("Picture", {}),
    "variant": Message("Size or kind", {}),
    "sold_by": Message("How it is sold", {}),
    "expected_g": Message("About how much one weighs", {}),
    "allergens": Message("Allergens", {}),
    "certification": Message("Certification", {}),
    "certificate_number": Message("Number of the certificate", {}),
    "certificate_until": Message("Valid until", {}),
    "container_id": Message("Container that comes back", {}),
}
_WORDLESS = {
    "description", "picture_id", "tax_class", "sold_by", "allergens", "certification",
    "container_id",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of the timeline."""

    at: datetime
    title: str
    text: str
    kind: str | None = None


def told_history(records: Iterable[AnyRow]) -> list[Happening]:
    """Return the audit records of a product as a timeline."""
    return [_told(record) for record in records]


def _told(record: AnyRow) -> Happening:
    tongue = this_tongue()
    changes = [_change(name, value) for name, value in record.details.items() if name in _FIELDS]
    by = record.name or say("the operating centre")
    return Happening(
        record.at,
        tongue.say(_TITLES.get(record.action, _CHANGED)),
        ", ".join([by, *changes]),
        "problem" if record.action.endswith("refused") else None,
    )


def _change(name: str, value: Any) -> str:
    field = this_tongue().say(_FIELDS[name])
    if name in _WORDLESS:
        return field
    if not isinstance(value, list):
        return f"{field} {_shown(value)}"
    before, after = value
    return f"{field} {_shown(before, name)} → {_shown(after, name)}"


def _shown(value: Any, name: str = "stock") -> str:
    if value is None:
        return say("on demand") if name == "stock" else "–"
    return f"{value:,}" if isinstance(value, int) else str(value)
