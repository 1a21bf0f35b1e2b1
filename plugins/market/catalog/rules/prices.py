"""Prices in won as people write them, read exactly or refused with the reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from .....core.errors import Refused
from .....core.values import Won
from .amounts import MAX_PRICE
from .kinds import Unit
from .numerals import sino
from .text import plain, quoted
from .units import parse_unit

_PRICE = re.compile(
    r"(?:(?P<per>[^/()]+?) ?당 ?)?"
    r"(?:(?:₩|\\|krw) ?)?(?P<number>[^/()]+?) ?(?P<won>원|won|krw)?"
    r"(?: ?/ ?(?P<slash>[^/]+)| ?\( ?/? ?(?P<bracket>[^()]+) ?\))?",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(r"(?:(?:₩|\\|krw) ?)?[-−–△▲] ?[0-9].*|\([0-9 ,원]+\)", re.IGNORECASE)
_POINT = re.compile(r"([0-9][0-9,]*)\.([0-9]+)(천|만|억)?")
_SIZES = {None: 1, "천": 10**3, "만": 10**4, "억": 10**8}

# "3만5" is said for 35,000 as well as for 30,005; with 원 behind it nobody says the first.
_COLLOQUIAL = re.compile(r".*(?:[억만천백][0-9일이삼사오육칠팔구]|[억만][0-9]{2})")

_LONGEST = 60
"""No price is longer; a bound keeps the patterns quick on a page of text in the wrong column."""


@dataclass(frozen=True, slots=True)
class Price:
    """A price in won, with the unit and its text if they were written beside it."""

    won: Won
    unit: Unit | None = None
    unit_label: str = ""


def parse_price(text: str) -> Price:
    """Read ``1,200원``, ``₩1,200``, ``1만2천원``, ``1,200원/봉``; refuse what is not exact."""
    shown = plain(text)
    if not shown:
        raise Refused("The price is missing.")
    if _NEGATIVE.fullmatch(shown):
        raise Refused("A price cannot be negative: %(text)s.", text=quoted(text))
    found = _PRICE.fullmatch(shown) if len(shown) <= _LONGEST else None
    if found is None:
        raise _unreadable(text)
    won = _bounded(_number(found["number"], text, spoken=not found["won"]), text)
    units = [unit.strip() for unit in found.group("per", "slash", "bracket") if unit]
    if len(units) > 1:
        raise _unreadable(text)
    return Price(won, parse_unit(units[0]), units[0]) if units else Price(won)


def parse_won(text: str) -> Won:
    """Read a price that stands alone; refuse one with a unit beside it."""
    price = parse_price(text)
    if price.unit is not None:
        raise _unreadable(text)
    return price.won


def _number(shown: str, text: str, *, spoken: bool) -> int:
    joined = _joined(shown)
    if point := _POINT.fullmatch(joined):
        return _with_point(*point.groups(), text=text)
    if spoken and _COLLOQUIAL.fullmatch(joined):
        raise _ambiguous(text)
    number = sino(joined)
    if number is None:
        only_digits = re.fullmatch("[0-9 ,.'만천백십억]+", shown)
        raise _ambiguous(text) if only_digits else _unreadable(text)
    return number


def _joined(shown: str) -> str:
    """Drop the spaces beside Hangul; one between two digits stays and makes the text unclear."""
    return re.sub(r"(?<=[가-힣]) | (?=[가-힣])", "", shown)


def _with_point(before: str, after: str, size: str | None, *, text: str) -> int:
    # Three digits after a point may be thousands written the other way round: 1.200.
    if len(after) == 3 or (size and "," in before):
        raise _ambiguous(text)
    whole = sino(before)
    if whole is None or len(after) > 8:
        raise _ambiguous(text)
    won = Decimal(f"{whole}.{after}") * _SIZES[size]
    if won != won.to_integral_value():
        raise Refused("A price is in whole won, without a fraction: %(text)s.", text=quoted(text))
    return int(won)


def _bounded(won: int, text: str) -> Won:
    if won < 1:
        raise Refused("A price is at least 1 won: %(text)s.", text=quoted(text))
    if won > MAX_PRICE:
        raise Refused(
            "A price is at most %(most)s won: %(text)s.", most=f"{MAX_PRICE:,}", text=quoted(text)
        )
    return Won(won)


def _ambiguous(text: str) -> Refused:
    return Refused(
        "The price %(text)s can be read in more than one way. Write all its digits, like 12000.",
        text=quoted(text),
    )


def _unreadable(text: str) -> Refused:
    return Refused(
        "%(text)s is not a price in won. Write it in digits, like 12000.", text=quoted(text)
    )
