"""Documents of other nodes read strictly: bounded, of the kinds that are expected, or refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

from .....core.errors import Refused
from .bundles import (
    MOST_GRAMS,
    MOST_LINES,
    MOST_UNITS,
    MOST_WON,
    PIECE,
    WEIGHT,
    Bundle,
    Line,
)
from .states import State
from .words import Came

_WHOLE = re.compile("0|[1-9][0-9]{0,14}")
_REF = re.compile("[A-Za-z0-9_-]{8,64}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)")
_YEARS = range(2000, 2200)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_JOINERS = "\u200c\u200d"
MOST_TEXT = 200
MOST_ADDRESS = 300


class Unreadable(Refused):
    """A document that cannot be used; the sentence says which part of it and why."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__("The document cannot be used: %(where)s %(why)s.", where=where, why=why)


def part(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return a part that is an object itself."""
    found = document.get(name)
    if not isinstance(found, Mapping):
        raise Unreadable(name, "is no object")
    return found


def text(document: Mapping[str, Any], name: str, most: int = MOST_TEXT) -> str:
    """Return a short text, empty if there is none."""
    found = document.get(name, "")
    if not isinstance(found, str) or len(found) > most or not all(map(_is_written, found)):
        raise Unreadable(name, "is no short text")
    return found


def _is_written(sign: str) -> bool:
    """Say whether a sign may stand in a text of one line: also wide spaces and joined signs."""
    return sign.isprintable() or unicodedata.category(sign) == "Zs" or sign in _JOINERS


def ref(document: Mapping[str, Any]) -> str:
    """Return the buyer's name of an order."""
    found = text(document, "orderRef", 64)
    if not _REF.fullmatch(found):
        raise Unreadable("orderRef", "is no name of an order")
    return found


def address(document: Mapping[str, Any], name: str, *, needed: bool = True) -> str:
    """Return an address; empty only where it is not needed."""
    found = text(document, name, MOST_ADDRESS)
    if (found or needed) and not _is_address(found):
        raise Unreadable(name, "is no address")
    return found


def _is_address(found: str) -> bool:
    try:
        parts = urlsplit(found)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in {"https", "http"} and bool(host) and " " not in found


def whole(found: Any, name: str, most: int, least: int = 0) -> int:
    """Return a whole number given as such or as decimal digits, between two bounds."""
    if isinstance(found, str) and _WHOLE.fullmatch(found):
        found = int(found)
    if type(found) is not int or not least <= found <= most:
        raise Unreadable(name, f"is no whole number from {least} to {most}")
    return found


def moment(document: Mapping[str, Any], name: str) -> datetime | None:
    """Return a moment with its zone, None if there is none."""
    found = document.get(name)
    if found is None:
        return None
    if not isinstance(found, str) or not _MOMENT.fullmatch(found):
        raise Unreadable(name, "is no moment")
    try:
        at = datetime.fromisoformat(found).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Unreadable(name, "is no moment") from None
    if at.year not in _YEARS:  # such as no time zone can show
        raise Unreadable(name, "is no moment")
    return at


def day(document: Mapping[str, Any], name: str) -> date:
    """Return a day."""
    found = document.get(name)
    try:
        if isinstance(found, str) and _DAY.fullmatch(found):
            on = date.fromisoformat(found)
            if on.year in _YEARS:
                return on
    except ValueError:
        pass
    raise Unreadable(name, "is no day")


def listed(document: Mapping[str, Any], name: str, most: int) -> Sequence[Mapping[str, Any]]:
    """Return a list of objects, at most so many; a single one may stand by itself."""
    found = document.get(name, [])
    found = [found] if isinstance(found, Mapping) else found
    if not isinstance(found, list) or len(found) > most:
        raise Unreadable(name, f"is no list of at most {most}")
    if not all(isinstance(each, Mapping) for each in found):
        raise Unreadable(name, "holds something else than objects")
    return found


def units_of(document: Mapping[str, Any], name: str, most: int = MOST_UNITS) -> int:
    """Return a quantity's number; its unit must be pieces."""
    quantity = part(document, name)
    if quantity.get("hasUnit", "one") != "one":
        raise Unreadable(name, "is not counted in pieces")
    return whole(quantity.get("hasNumericalValue"), name, most)


def won_of(document: Mapping[str, Any], name: str, least: int = 0) -> int:
    """Return an amount of won; another currency is refused."""
    found = part(document, name)
    if found.get("currency") != "KRW":
        raise Unreadable(name, "is not in won")
    return whole(found.get("hasNumericalValue"), name, MOST_WON, least)


def bundle_in(document: Mapping[str, Any]) -> Bundle:
    """Return the order that an activity is about, wherever it stands in it."""
    for name in ("result", "object", "context"):
        found = document.get(name)
        if isinstance(found, Mapping) and found.get("type") == "AgreementBundle":
            return bundle(found)
    raise Unreadable("object", "holds no order")


def bundle(document: Mapping[str, Any]) -> Bundle:
    """Read a whole order."""
    rates = _fees(document)
    revision = whole(document.get("revision", 0), "revision", 1_000_000)
    lines = tuple(_line(each, revision > 0) for each in listed(document, "agreements", MOST_LINES))
    if not lines or len({line.no for line in lines}) != len(lines):
        raise Unreadable("agreements", "are none, or two have the same number")
    return Bundle(
        ref=ref(document),
        buyer=address(document, "receiver"),
        seller=address(document, "provider"),
        version=whole(document.get("version"), "version", 1_000_000, 1),
        due=day(document, "due"),
        title=text(document, "name"),
        buyer_name=text(document, "receiverName", 120),
        deliver_to=text(document, "deliverTo", 400),
        activist_bp=rates["activist"],
        centre_bp=rates["centre"],
        view=address(document, "view"),
        lines=lines,
        uri=address(document, "id", needed=False),
        state=_state(document, revision),
        revision=revision,
        answered=whole(document.get("answered", 0), "answered", 1_000_000),
        expires=moment(document, "expires"),
        cut_off=moment(document, "cutOff"),
        reason=text(document, "reason"),
    )


def _state(document: Mapping[str, Any], revision: int) -> State:
    if not revision:
        return State.DRAFT
    try:
        return State(str(document.get("state")))
    except ValueError:
        raise Unreadable("state", "is none that is known") from None


def _fees(document: Mapping[str, Any]) -> dict[str, int]:
    rates: dict[str, int] = {}
    for fee in listed(document, "fees", 2):
        role = fee.get("role")
        if role not in ("activist", "centre") or role in rates:
            raise Unreadable("fees", "name a role twice, or one that is unknown")
        rates[role] = whole(fee.get("basisPoints"), "basisPoints", 5_000)
    if len(rates) != 2:
        raise Unreadable("fees", "do not name both shares")
    return rates


def _line(document: Mapping[str, Any], said: bool) -> Line:
    # The example of FEP-0837 spells it this way; who copied it means the same.
    given = part(document, "stipulates" if "stipulates" in document else "stiplulates")
    seen = part(document, "priceSeen")
    per = {"one": PIECE, "kilogram": WEIGHT}.get(str(seen.get("per", "one")))
    if per is None:
        raise Unreadable("priceSeen", "is for a unit that is unknown")
    units = units_of(given, "resourceQuantity")
    line = Line(
        no=whole(document.get("line"), "line", 10_000, 1),
        proposal=address(document, "proposal"),
        version=whole(document.get("proposalVersion"), "proposalVersion", 1_000_000_000),
        seen=won_of(document, "priceSeen", 1),
        wanted=units_of(document, "wanted") if "wanted" in document else units,
        sold_by=per,
        agreed=units if said else 0,
        price=won_of(document, "price", 1) if said else 0,
        reason=text(document, "reason", 40),
        **_shipped(document),
    )
    _check_amount(document, line, units)
    return line


def _check_amount(document: Mapping[str, Any], line: Line, units: int) -> None:
    """Refuse a line whose price and amount say different things."""
    amount = won_of(part(document, "stipulatesReciprocal"), "resourceQuantity")
    if amount != line.expected(units, line.price or line.seen):
        raise Unreadable("stipulatesReciprocal", "is not quantity times price")


def _shipped(document: Mapping[str, Any]) -> dict[str, Any]:
    if "shipped" not in document:
        return {}
    sent = part(document, "shipped")
    grams = sent.get("grams")
    return {
        "shipped": whole(sent.get("units"), "shipped", MOST_UNITS),
        "grams": None if grams is None else whole(grams, "grams", MOST_GRAMS),
        "lot": text(sent, "lot", 60),
    }


def came_in(event: Mapping[str, Any]) -> tuple[Came, ...]:
    """Return what a receipt says of each line."""
    came = []
    for each in listed(event, "lines", MOST_LINES):
        grams = each.get("grams")
        came.append(
            Came(
                whole(each.get("line"), "line", 10_000, 1),
                whole(each.get("units"), "units", MOST_UNITS),
                None if grams is None else whole(grams, "grams", MOST_GRAMS),
            )
        )
    if len({each.no for each in came}) != len(came):
        raise Unreadable("lines", "name one twice")
    return tuple(came)
