"""An order as both nodes speak of it: its lines, its terms, and a digest of the whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from .states import State

MOST_LINES = 200
MOST_UNITS = 100_000
MOST_WON = 1_000_000_000
MOST_GRAMS = 100_000_000

PIECE, WEIGHT = "piece", "weight"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One proposal at one price: what the buyer wants of it, and what the seller says.

    ``seen`` is the price in won that the buyer saw (of goods by weight: for a kilogram) and
    ``version`` the proposal's version then. ``agreed`` units at ``price`` are what the seller
    offers or has accepted; ``reason`` says why that is not what was wanted. ``shipped`` units
    weigh ``grams`` and come from ``lot``; None as long as nothing was sent.
    """

    no: int
    proposal: str
    version: int
    seen: int
    wanted: int
    sold_by: str = PIECE
    agreed: int = 0
    price: int = 0
    reason: str = ""
    shipped: int | None = None
    grams: int | None = None
    lot: str = ""

    def expected(self, units: int, price: int, grams: int | None = None) -> int:
        """Return the won that so many units come to; of goods by weight by their grams, rounded
        once, 0 as long as these are not known."""
        if self.sold_by == WEIGHT:
            return (price * (grams or 0) + 500) // 1_000
        return price * units


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A whole order; all after ``lines`` is what the seller says of it.

    ``ref`` is the buyer's name for it, single for each buyer. ``version`` counts what the buyer
    has said, ``answered`` is the one that the seller has answered last, ``revision`` counts what
    the seller has said. ``view`` is the address at which whoever speaks shows its own view.
    """

    ref: str
    buyer: str
    seller: str
    version: int
    due: date
    title: str
    buyer_name: str
    deliver_to: str
    activist_bp: int
    centre_bp: int
    view: str
    lines: tuple[Line, ...]
    uri: str = ""
    state: State = State.DRAFT
    revision: int = 0
    answered: int = 0
    expires: datetime | None = None
    cut_off: datetime | None = None
    reason: str = ""

    def with_lines(self, lines: Mapping[int, Line]) -> Bundle:
        """Return the bundle with these lines in place of those of the same number."""
        return replace(self, lines=tuple(lines.get(line.no, line) for line in self.lines))


def wish_of(bundle: Bundle) -> Bundle:
    """Return what the buyer says of an order: all but what only the seller can say."""
    lines = tuple(
        replace(line, agreed=0, price=0, reason="", shipped=None, grams=None, lot="")
        for line in bundle.lines
        if line.wanted
    )
    return replace(
        bundle, lines=lines, state=State.DRAFT, revision=0, answered=0, cut_off=None, reason=""
    )


def canonical(document: Any) -> bytes:
    """Return a document in one form of all that say the same, to be hashed."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def digest(document: Any) -> str:
    """Return the SHA-256 of a document in its one form, in hexadecimal digits."""
    return hashlib.sha256(canonical(document)).hexdigest()


def view_hash(bundle: Bundle) -> str:
    """Return the digest of what both sides must know alike of an order once all has arrived."""
    lines = [
        [line.no, line.proposal, line.agreed, line.price, line.shipped, line.grams]
        for line in bundle.lines
        if line.agreed
    ]
    told = [bundle.ref, bundle.buyer, bundle.seller, bundle.answered, bundle.revision, lines]
    return digest([*told, bundle.state.value])
