"""Money events and statements as documents, and their strict reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from .....core.values import Split, Won
from ...orders.rules.bundles import MOST_GRAMS, MOST_LINES, MOST_UNITS, MOST_WON
from ...orders.rules.reading import (
    Unreadable,
    address,
    listed,
    moment,
    part,
    text,
    whole,
    won_of,
)
from ...orders.rules.words import Document, Envelope, instant, money
from .splitting import Portion, Sold
from .statements import MOST_EVENTS, Books

SETTLEMENT, CORRECTION, PAYMENT = "settlement", "correction", "payment"
MOST_PORTIONS = 10_000
MOST_TOTAL = 1_000_000_000_000


def settlement(
    head: Envelope, event_id: str, ref: str, bundle_uri: str, sold: Sequence[Sold], shares: Split
) -> Document:
    """Return the event of an order's sales: per line its portions, without persons, and shares."""
    event = {
        **_event(head, event_id, SETTLEMENT),
        "orderRef": ref,
        "fulfills": bundle_uri,
        "lines": [
            {
                "line": line.no,
                # Sorted, so that not even their order tells anything of who ordered.
                "portions": sorted(
                    ([p.units, p.amount, p.grams] for p in line.portions),
                    key=lambda each: (each[1], each[0], each[2] or 0),
                ),
            }
            for line in sold
        ],
        "activist": money(shares.activist),
        "centre": money(shares.centre),
        "resourceQuantity": money(shares.producer),
    }
    return head.around("Create", {"object": event})


def correction(head: Envelope, event_id: str, ref: str, corrects: str, amount: int) -> Document:
    """Return the event that takes back ``amount`` won of an order's settlement."""
    event = {
        **_event(head, event_id, CORRECTION),
        "orderRef": ref,
        "corrects": corrects,
        "resourceQuantity": money(amount),
    }
    return head.around("Create", {"object": event})


def payment(head: Envelope, event_id: str, amount: int, reference: str) -> Document:
    """Return the event of a payment by bank, with what the bank's statement says of it."""
    event = {
        **_event(head, event_id, PAYMENT),
        "resourceQuantity": money(amount),
        "trackingIdentifier": reference,
    }
    return head.around("Create", {"object": event})


def _event(head: Envelope, event_id: str, purpose: str) -> Document:
    return {
        "type": "EconomicEvent",
        "id": event_id,
        "action": "transfer",
        "purpose": purpose,
        "provider": head.actor,
        "receiver": head.to,
        "hasPointInTime": instant(head.at),
    }


def answer(head: Envelope, kind: str, of: str, id_: str, differing: Sequence[str] = ()) -> Document:
    """Return an Accept or Reject of an event or a statement, with the ids that differ."""
    about = {"type": of, "id": id_}
    more = {"differing": list(differing)} if differing else {}
    return head.around(kind, {"object": about, **more})


def statement(
    head: Envelope, uri: str, month: str, begins: datetime, ends: datetime, number: int,
    books: Books,
) -> Document:  # fmt: skip
    """Return the statement of a month: amounts are what its issuer owes."""
    return head.around(
        "Create",
        {
            "object": {
                "type": "Statement",
                "id": uri,
                "month": month,
                "number": number,
                "hasBeginning": instant(begins),
                "hasEnd": instant(ends),
                "currency": "KRW",
                "opening": str(books.opening),
                "events": [{"id": id_, "amount": str(amount)} for id_, amount in books.events],
                "closing": str(books.closing),
                "digest": books.mark,
            }
        },
    )


def sold_in(event: Mapping[str, Any]) -> tuple[Sold, ...]:
    """Read the portions of a settlement."""
    found, left = [], MOST_PORTIONS
    for line in listed(event, "lines", MOST_LINES):
        portions = line.get("portions")
        if not isinstance(portions, list) or len(portions) > left:
            raise Unreadable("portions", f"are no list of at most {MOST_PORTIONS}")
        left -= len(portions)
        no = whole(line.get("line"), "line", 10_000, 1)
        found.append(Sold(no, tuple(_portion(each) for each in portions)))
    return tuple(found)


def _portion(found: Any) -> Portion:
    if not isinstance(found, list) or len(found) != 3:
        raise Unreadable("portions", "are not units, won and grams")
    units, amount, grams = found
    return Portion(
        whole(units, "portions", MOST_UNITS),
        whole(amount, "portions", MOST_WON, 1),
        None if grams is None else whole(grams, "portions", MOST_GRAMS),
    )


def shares_in(event: Mapping[str, Any]) -> Split:
    """Read the three shares of a settlement."""
    return Split(
        Won(won_of(event, "resourceQuantity")),
        Won(won_of(event, "activist")),
        Won(won_of(event, "centre")),
    )


def amount_in(event: Mapping[str, Any]) -> int:
    """Read the amount of a correction or a payment, above 0."""
    return won_of(event, "resourceQuantity", 1)


def time_of(event: Mapping[str, Any], name: str = "hasPointInTime") -> datetime:
    """Read when an event happened."""
    at = moment(event, name)
    if at is None:
        raise Unreadable(name, "is no moment")
    return at


def books_in(found: Mapping[str, Any]) -> Books:
    """Read what a statement says; its closing balance and digest must be those of its events."""
    events = []
    for each in listed(found, "events", MOST_EVENTS):
        events.append((address(each, "id"), _signed(each, "amount")))
    if len({id_ for id_, _ in events}) != len(events):
        raise Unreadable("events", "name one twice")
    books = Books(_signed(found, "opening"), tuple(events))
    if text(found, "currency", 3) != "KRW":
        raise Unreadable("currency", "is not won")
    if _signed(found, "closing") != books.closing or text(found, "digest") != books.mark:
        raise Unreadable("closing", "is not the sum of the events")
    return books


def _signed(found: Mapping[str, Any], name: str) -> int:
    written = text(found, name, 20)
    size = whole(written.removeprefix("-"), name, MOST_TOTAL)
    return -size if written.startswith("-") else size


def event_of(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the event that an activity is about."""
    return part(document, "object")
