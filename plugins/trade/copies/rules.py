"""How old copies may be, what is said of them, and how a good is kept as one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any

from ....core.values import Message
from ...market import Draft
from ..goods.rules import Good, one_line

STALE = timedelta(hours=24)
"""Older copies are shown as such."""

TOO_OLD = timedelta(days=7)
"""Older copies cannot be ordered: nobody knows what the producer asks by now."""

MOST_ITEMS = 200_000
"""Things that are kept of one source; no producer of a neighbourhood has as many."""

MANY = Message("There are too many goods.", {})
NOT_OURS = Message("It belongs to somebody else.", {})

_DETAILS = (
    "producer", "category", "variant", "family", "allergens", "certification",
    "certificate_number", "page", "picture",
)  # fmt: skip
_COLUMNS = (
    "name", "description", "unit_code", "unit_label", "price", "tax_class", "origin", "storage",
    "sold_by", "expected_g", "available", "minimum", "step", "updated",
)  # fmt: skip

_details, _columns = attrgetter(*_DETAILS), attrgetter(*_COLUMNS)


def kept_columns(good: Good) -> dict[str, Any]:
    """Return what a copy keeps of a good, by the names of its columns."""
    details = {name: value for name, value in zip(_DETAILS, _details(good), strict=True) if value}
    if good.certificate_until is not None:
        details["certificate_until"] = good.certificate_until.isoformat()
    columns: dict[str, Any] = dict(zip(_COLUMNS, _columns(good), strict=True))
    columns["details"] = details
    return columns


def draft_of(copy: Any) -> Draft:
    """Return the product of the market that a copy becomes when it is picked."""
    details = copy.details
    until = details.get("certificate_until")
    return Draft(
        name=copy.name,
        unit_code=copy.unit_code,
        unit_label=copy.unit_label,
        price=copy.price,
        category=details.get("category", ""),
        description=copy.description,
        tax_class=copy.tax_class,
        origin=copy.origin,
        storage=copy.storage,
        minimum=copy.minimum,
        step=copy.step,
        variant=details.get("variant", ""),
        sold_by=copy.sold_by,
        expected_g=copy.expected_g,
        allergens=details.get("allergens", ""),
        certification=details.get("certification", ""),
        certificate_number=details.get("certificate_number", ""),
        certificate_until=date.fromisoformat(until) if until else None,
    )


def stock_left(available: int | None, waiting: int) -> int | None:
    """Return what can still be ordered here: what the seller has, less what was ordered of it here
    and is not at the seller yet."""
    return None if available is None else max(0, available - waiting)


def is_stale(fetched_at: datetime | None, now: datetime) -> bool:
    """Say whether copies are so old that it has to be said."""
    return fetched_at is None or now - fetched_at > STALE


def is_too_old(fetched_at: datetime | None, now: datetime) -> bool:
    """Say whether copies are so old that nothing of them may be ordered."""
    return fetched_at is None or now - fetched_at > TOO_OLD


def age_note(name: str, fetched_at: datetime | None, now: datetime) -> Message:
    """Return what is said of a copy wherever it is offered: whose it is, and how old."""
    if fetched_at is None:
        return Message("Copy of %(name)s, not fetched yet", {"name": name})
    hours = max(0, int((now - fetched_at).total_seconds() // 3600))
    if hours == 0:
        return Message("Copy of %(name)s, less than an hour old", {"name": name})
    if hours >= 48:
        return Message("Copy of %(name)s, %(days)s days old", {"name": name, "days": hours // 24})
    return Message("Copy of %(name)s, %(hours)s hours old", {"name": name, "hours": hours})


@dataclass(frozen=True, slots=True)
class Producer:
    """A producer of another node who publishes a catalogue, as that node's directory says it.

    ``details`` are columns of a space: who the seller is by law, and where.
    """

    actor: str
    name: str
    goods: int
    details: Mapping[str, str]


_DETAILS_OF = {
    "province": ("wizzle:province", 40),
    "county": ("wizzle:county", 40),
    "address": ("wizzle:address", 200),
    "phone": ("wizzle:phone", 20),
    "email": ("wizzle:email", 254),
    "representative": ("wizzle:representative", 60),
    "business_number": ("wizzle:businessNumber", 12),
    "mail_order_number": ("wizzle:mailOrderNumber", 60),
}
MOST_LISTED = 100


def read_directory(document: Mapping[str, Any], base: str) -> tuple[list[Producer], int | None]:
    """Read a page of a node's list of producers, and after which of them the next page begins.

    ``base`` is that node's public address; whoever does not live there is left out.
    """
    listed = document.get("orderedItems")
    entries = listed[:MOST_LISTED] if isinstance(listed, list) else []
    found = [_producer(each, base) for each in entries]
    following = document.get("next")
    start = f"{base}/trade/producers?after="
    number = following.removeprefix(start) if isinstance(following, str) else ""
    after = int(number) if number.isdecimal() and number.isascii() and len(number) < 10 else None
    return [each for each in found if each is not None], after


def _producer(entry: Any, base: str) -> Producer | None:
    if not isinstance(entry, dict) or entry.get("type") != "Organization":
        return None
    actor, name, goods = entry.get("id"), entry.get("name"), entry.get("wizzle:goods")
    if not isinstance(actor, str) or not actor.startswith(f"{base}/") or len(actor) > 300:
        return None
    if not isinstance(name, str) or not one_line(name[:400]):
        return None
    details = {
        column: one_line(value)[:most]
        for column, (key, most) in _DETAILS_OF.items()
        if isinstance(value := entry.get(key), str) and len(value) <= 10 * most
    }
    count = goods if type(goods) is int and 0 <= goods <= MOST_ITEMS else 0
    return Producer(actor, one_line(name[:400])[:100], count, details)


def mirror_name(name: str, peer_name: str) -> str:
    """Return the name of the space that stands here for a producer of a peer."""
    return name if name == peer_name else f"{name} · {peer_name}"[:120]
