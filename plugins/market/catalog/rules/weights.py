"""Goods sold by weight: a price for a kilogram, and about what one piece weighs."""

from __future__ import annotations

from typing import Any

from .....core.errors import Refused
from .....core.values import Won
from .amounts import line_amount
from .kinds import Unit
from .text import folded, plain, quoted
from .units import parse_unit

PIECE, WEIGHT = "piece", "weight"

LIGHTEST, HEAVIEST = 10, 100_000
"""Grams that one piece may be expected to weigh."""

_WORDS = {
    WEIGHT: "무게 무게로 중량 중량판매 무게판매 저울 실중량 kg당 byweight",
    PIECE: "개수 수량 낱개 단위 개 정가 bypiece",
}
_SOLD = {word: way for way, words in _WORDS.items() for word in (*words.split(), way)}


def parse_sold_by(text: str) -> str:
    """Read whether something is sold by the piece or by weight."""
    way = _SOLD.get(folded(text))
    if way is None:
        raise Refused("%(text)s: is it sold by weight or by the piece?", text=quoted(text))
    return way


def parse_grams(text: str) -> int:
    """Read what a piece weighs about: ``1.2kg``, ``800 g``, ``약 1.2kg``."""
    shown = plain(text).removeprefix("약").removeprefix("about").strip()
    try:
        unit = parse_unit(shown)
    except Refused:
        unit = None
    if unit is None or unit.kind != "mass" or unit.size is None:
        raise Refused("%(text)s is not a weight. Write it like 1.2kg or 800g.", text=quoted(text))
    if not LIGHTEST <= unit.size <= HEAVIEST:
        raise Refused(
            "One piece weighs between %(least)s and %(most)s.",
            least=grams_text(LIGHTEST),
            most=grams_text(HEAVIEST),
        )
    return unit.size


def check_piece(unit: Unit) -> None:
    """Refuse a unit that is an amount itself: what is weighed is ordered by the piece."""
    if unit.measured:
        raise Refused(
            "The price is for 1 kg. The unit says what one piece is: a whole one, a pack, a bag."
        )


def grams_text(grams: int) -> str:
    """Return a weight as people write it: ``1.2kg``, ``800g``."""
    if grams < 1_000:
        return f"{grams}g"
    return f"{grams / 1_000:,.3f}".rstrip("0").rstrip(".") + "kg"


def most_grams(expected: int) -> int:
    """Return the most of a piece that is charged without asking: a fifth over what is expected."""
    return expected * 6 // 5


def weighed_amount(price: int, grams: int) -> Won:
    """Return what so many grams cost at ``price`` won for a kilogram, rounded once, half up."""
    return Won((line_amount(price, grams) + 500) // 1_000)


def piece_price(good: Any) -> Won:
    """Return what one piece of a product costs: of what is weighed, by its expected weight."""
    if good.sold_by != WEIGHT:
        return Won(good.price)
    return weighed_amount(good.price, good.expected_g or 0)
