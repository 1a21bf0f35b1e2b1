"""Proposals of other nodes read into goods: strictly, bounded, and refused with a reason.

Whatever is wrong is one of the sentences below and nothing is repaired: a price, a unit or a
quantity that was guessed would be ordered by somebody. ``Unusable`` is not ``Refused``: nobody here
did anything wrong, and the rest of a catalogue is read on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ....market import (
    ALLERGENS,
    CERTIFICATIONS,
    HEAVIEST,
    LIGHTEST,
    MAX_PRICE,
    MAX_QUANTITY,
    MAX_STOCK,
    WEIGHT,
    titled,
)
from .good import CURRENCY, LENGTHS, LONGEST_ADDRESS, Good
from .proposals import piece_won
from .terms import WON_NAMES
from .text import from_html, lines, one_line
from .units import from_om, om_quantity, unit_of

_LONGEST_NUMBER = 20
MOST_VERSION = 2**31 - 1
_TAX = frozenset({"exempt", "taxed"})


class Unusable(ValueError):
    """A thing of another node cannot be used here; the text, a message id, says why."""


def from_proposal(document: Mapping[str, Any], *, uri: str, seller: str, version: int) -> Good:
    """Read the proposal at ``uri`` of the actor ``seller``; ``Unusable`` says what is wrong."""
    if document.get("type") != "Proposal" or document.get("purpose") != "offer":
        raise Unusable("It is not an offer.")
    if document.get("id") != uri or document.get("attributedTo") != seller:
        raise Unusable("It belongs to somebody else.")
    if not 1 <= version <= MOST_VERSION or document.get("wizzle:version", version) != version:
        raise Unusable("Its version is not the one that was announced.")
    primary, reciprocal = _intent(document, "publishes"), _intent(document, "reciprocal")
    if document.get("unitBased") is not True:
        raise Unusable("It is not sold by units.")
    code, amount = _unit(document, primary)
    sold_by, price, expected = _price(document, reciprocal)
    own = "wizzle:name" in document
    good = Good(
        uri=uri,
        version=version,
        updated=_instant(document.get("updated")),
        seller=seller,
        name=_words(document, "wizzle:name" if own else "name", "name"),
        unit_code=code,
        unit_label=_words(document, "wizzle:unitLabel", "unit_label") or _label(primary),
        price=price,
        description=_description(document.get("content", ""), own=own),
        tax_class=_tax(document.get("wizzle:taxClass")),
        available=_available(primary, amount),
        minimum=_count(primary.get("minimumQuantity"), amount),
        sold_by=sold_by,
        expected_g=expected,
        page=_address(document.get("url"), uri),
        picture=_picture(document.get("image"), uri),
        **read_own(document, uri),
    )
    _agrees(good, reciprocal)
    return good


def read_own(document: Mapping[str, Any], uri: str) -> dict[str, Any]:
    """Read those of our terms that stand for themselves, by the names of a good's fields."""
    return {
        "producer": _words(document, "wizzle:producer", "producer"),
        "category": _words(document, "wizzle:category", "category"),
        "origin": _words(document, "wizzle:origin", "origin"),
        "storage": _words(document, "wizzle:storage", "storage"),
        "variant": _words(document, "wizzle:variant", "variant"),
        "step": _step(document.get("wizzle:step", 1)),
        "family": _address(document.get("wizzle:family"), uri),
        "allergens": _allergens(document.get("wizzle:allergens", ())),
        **_certified(document.get("wizzle:certification")),
    }


def _intent(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    intent = document.get(name)
    if not isinstance(intent, dict) or intent.get("action") != "transfer":
        raise Unusable("It does not say what is handed over for what.")
    return intent


def _unit(document: Mapping[str, Any], primary: Mapping[str, Any]) -> tuple[str, str]:
    """Return the code of the unit, and how much of its OM 2 unit one of it is."""
    name, number = _quantity(primary.get("resourceQuantity"))
    code = document.get("wizzle:unit")
    if code is None:
        code = from_om(name, number)
    if not isinstance(code, str) or unit_of(code) is None:
        raise Unusable("Its unit is not known here.")
    unit, amount = om_quantity(code)
    named = name.removeprefix("om2:").rpartition("/")[2]
    if "wizzle:unit" in document and (named, number) != (unit, Decimal(amount)):
        raise Unusable("It names two different units.")
    return code, amount


def _price(
    document: Mapping[str, Any], reciprocal: Mapping[str, Any]
) -> tuple[str, int, int | None]:
    """Return whether it is sold by piece or weight, the price in won, and what a piece weighs."""
    currency = document.get("wizzle:currency", CURRENCY)
    conforms = reciprocal.get("resourceConformsTo")
    if currency != CURRENCY or not isinstance(conforms, str) or conforms not in WON_NAMES:
        raise Unusable("It is not paid in won.")
    weighed = document.get("wizzle:catchWeight")
    if weighed is None:
        _, number = _quantity(reciprocal.get("resourceQuantity"))
        return "piece", whole_won(number), None
    if not isinstance(weighed, dict):
        raise Unusable("Its price cannot be read.")
    expected = weighed.get("expectedGrams")
    if type(expected) is not int or not LIGHTEST <= expected <= HEAVIEST:
        raise Unusable("It does not say what one piece weighs.")
    return WEIGHT, whole_won(decimal(weighed.get("perKilogram"))), expected


def _agrees(good: Good, reciprocal: Mapping[str, Any]) -> None:
    """Refuse a title that no order holds, and a price other than in the FEP's own field."""
    if len(titled(good.name, good.variant)) > LENGTHS["name"]:
        raise Unusable("A text of it is missing or too long.")
    if good.sold_by == WEIGHT:
        _, number = _quantity(reciprocal.get("resourceQuantity"))
        if number != piece_won(good):
            raise Unusable("It names two different prices.")


def _quantity(value: Any) -> tuple[str, Decimal]:
    unit = value.get("hasUnit") if isinstance(value, dict) else None
    if not isinstance(unit, str) or len(unit) > LONGEST_ADDRESS:
        raise Unusable("A quantity of it cannot be read.")
    return unit, decimal(value.get("hasNumericalValue"))


def decimal(value: Any) -> Decimal:
    """Read a number as others write it: a whole one, or digits with at most one point."""
    if type(value) is int and 0 <= value < 10**15:
        return Decimal(value)
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_NUMBER or not value.isascii():
        raise Unusable("A quantity of it cannot be read.")
    return _digits(value)


@lru_cache(maxsize=4096)
def _digits(value: str) -> Decimal:
    whole, point, rest = value.partition(".")
    if not whole.isdigit() or (point and not rest.isdigit()):
        raise Unusable("A quantity of it cannot be read.")
    return Decimal(value)


def whole_won(number: Decimal) -> int:
    won = int(number)
    if won != number:
        raise Unusable("Its price is not in whole won.")
    if not 1 <= won <= MAX_PRICE:
        raise Unusable("Its price is out of all bounds.")
    return won


def _available(primary: Mapping[str, Any], amount: str) -> int | None:
    value = primary.get("availableQuantity")
    if value is None:
        return None
    _, number = _quantity(value)
    if amount == "1":
        return min(int(number), MAX_STOCK)
    # What does not make a whole unit any more cannot be sold.
    return min(int(number // Decimal(amount)), MAX_STOCK)


def _count(value: Any, amount: str) -> int:
    if value is None:
        return 1
    _, number = _quantity(value)
    count = number if amount == "1" else number / Decimal(amount)
    if count != int(count) or not 1 <= count <= MAX_QUANTITY:
        raise Unusable("Its smallest quantity cannot be ordered here.")
    return int(count)


def _step(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= MAX_QUANTITY:
        raise Unusable("Its step cannot be ordered here.")
    return value


def _words(document: Mapping[str, Any], key: str, name: str) -> str:
    value = document.get(key, "")
    if value == "" and name != "name":
        return ""
    if not isinstance(value, str) or len(value) > 20 * LENGTHS[name]:
        raise Unusable("A text of it is missing or too long.")
    text = one_line(value) if name == "name" else _line(value)
    if len(text) > LENGTHS[name] or not (text or name != "name"):
        raise Unusable("A text of it is missing or too long.")
    return text


# Origins, kinds and units are the same for many goods of a seller.
_line = lru_cache(maxsize=4096)(one_line)


def _label(primary: Mapping[str, Any]) -> str:
    """Return the unit of a peer that has no words of its own for it: ``1.5 kilogram``."""
    name, number = _quantity(primary.get("resourceQuantity"))
    named = name.removeprefix("om2:").rpartition("/")[2]
    return f"{number:f} {'ea' if named == 'one' else named}"[: LENGTHS["unit_label"]]


def _description(content: Any, *, own: bool) -> str:
    if not isinstance(content, str):
        raise Unusable("A text of it is missing or too long.")
    # Before it our nodes tell what it costs, for those who read nothing else.
    told = content.partition("</p>")[2].removesuffix("</p>").removeprefix("<p>") if own else content
    text = lines(from_html(told)) if told else ""
    if len(text) > LENGTHS["description"]:
        raise Unusable("A text of it is missing or too long.")
    return text


def _tax(value: Any) -> str:
    if not isinstance(value, str) or value not in _TAX:
        raise Unusable("It does not say whether value added tax is in its price.")
    return value


def _allergens(value: Any) -> str:
    if not isinstance(value, list | tuple) or len(value) > len(ALLERGENS):
        raise Unusable("Its allergens are not known here.")
    if not all(isinstance(each, str) and each in ALLERGENS for each in value):
        raise Unusable("Its allergens are not known here.")
    return ",".join(code for code in ALLERGENS if code in value) if value else ""


def _certified(value: Any) -> dict[str, Any]:
    """Return a certification that we know and that names its end; one of another kind is a claim
    that cannot be shown, and is left out."""
    if not isinstance(value, dict) or value.get("kind") not in CERTIFICATIONS:
        return {}
    number, until = value.get("number"), value.get("until")
    if not isinstance(number, str) or not isinstance(until, str) or len(number) > 200:
        return {}
    try:
        day = date.fromisoformat(until)
    except ValueError:
        return {}
    told = one_line(number)[: LENGTHS["certificate_number"]]
    return {"certification": value["kind"], "certificate_number": told, "certificate_until": day}


def _instant(value: Any) -> datetime:
    try:
        at = datetime.fromisoformat(value)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (TypeError, ValueError, OverflowError):
        raise Unusable("It does not say when it was changed.") from None


def _picture(value: Any, uri: str) -> str:
    return _address(value.get("url") if isinstance(value, dict) else None, uri)


def _address(value: Any, uri: str) -> str:
    """Return an address on the node of ``uri``; others are left out, nothing is fetched there."""
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_ADDRESS:
        return ""
    end = uri.find("/", uri.find("://") + 3)
    return value if value.startswith(uri[: end + 1]) and value.isprintable() else ""
