"""What the seller answers to an order: by stock and price, line by line, never silently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .bundles import Line
from .states import Word

GONE, PRICE, STOCK = "gone", "price", "stock"
"""Reasons that stand with a line: not sold any more, dearer now, too little left."""
LATE, WITHDRAWN, EXPIRED, PASSED = "too-late", "withdrawn", "expired", "day-passed"
RATES = "rates"
"""Reasons for the whole order."""
CANCEL_REASONS = ("out-of-stock", "weather", "quality", "other")
"""Why a seller cancels what was accepted."""


@dataclass(frozen=True, slots=True)
class Now:
    """A product as it stands at the seller; ``left`` None is made on demand."""

    product: int
    price: int
    listed: bool
    left: int | None
    minimum: int
    step: int
    sold_by: str

    def fitting(self, units: int) -> int:
        """Return the most that may be sold of so many units, by minimum and step."""
        if units < self.minimum:
            return 0
        return units - (units - self.minimum) % self.step


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to a whole order."""

    word: Word
    lines: tuple[Line, ...]


def answer(
    lines: Sequence[Line], goods: Mapping[int, Now | None], held: Mapping[int, int]
) -> Verdict:
    """Answer an order that is not accepted yet; ``goods`` and ``held`` units are by line number.

    Equal prices are accepted, lower ones given, higher ones offered anew; what is not there is
    offered with the rest, of which several lines may ask for a part, at other prices.
    """
    rest: dict[int, int] = {}
    said = []
    for line in lines:
        now = goods.get(line.no)
        said.append(_answered(line, now, held.get(line.no, 0), rest))
    if all(line.agreed == 0 for line in said):
        return Verdict(Word.REJECT, tuple(said))
    differs = any(line.reason for line in said)
    return Verdict(Word.COUNTER if differs else Word.ACCEPT, tuple(said))


def _answered(line: Line, now: Now | None, held: int, rest: dict[int, int]) -> Line:
    if now is None or not now.listed or now.sold_by != line.sold_by:
        return replace(line, agreed=0, price=line.seen, reason=GONE if line.wanted else "")
    left = line.wanted if now.left is None else rest.setdefault(now.product, now.left) + held
    units = now.fitting(min(line.wanted, left))
    if now.left is not None:
        rest[now.product] += held - units
    reason = STOCK if units < line.wanted else PRICE if now.price > line.seen else ""
    price = now.price
    return replace(line, agreed=units, price=price, reason=reason)


def answer_change(
    before: Mapping[int, Line], lines: Sequence[Line], goods: Mapping[int, Now | None]
) -> Verdict:
    """Answer a change of an accepted order: what was agreed keeps its price, less is always
    granted, more only as a whole; a refused change leaves everything as it was."""
    rest = _rest_with_less(before, lines, goods)
    said = [_changed(before.get(line.no), line, goods.get(line.no), rest) for line in lines]
    if any(line.reason for line in said):
        reasons = {line.no: line.reason for line in said}
        kept = [replace(old, reason=reasons.get(no, "")) for no, old in before.items()]
        return Verdict(Word.REJECT, tuple(kept))
    return Verdict(Word.ACCEPT, tuple(said))


def _rest_with_less(
    before: Mapping[int, Line], lines: Sequence[Line], goods: Mapping[int, Now | None]
) -> dict[int, int]:
    """Return what is left of each product once all that is given up has gone back."""
    rest: dict[int, int] = {}
    for line in lines:
        now = goods.get(line.no)
        if now is not None and now.left is not None:
            old = before.get(line.no)
            less = max(0, old.agreed - line.wanted) if old is not None else 0
            rest[now.product] = rest.get(now.product, now.left) + less
    return rest


def _changed(old: Line | None, line: Line, now: Now | None, rest: dict[int, int]) -> Line:
    had, price = (old.agreed, old.price) if old is not None else (0, line.seen)
    more = line.wanted - had
    if more <= 0:
        return replace(line, agreed=line.wanted, price=price, reason="")
    if now is None or not now.listed or now.sold_by != line.sold_by:
        return replace(line, reason=GONE)
    if now.price > price:
        return replace(line, reason=PRICE)
    left = more if now.left is None else rest[now.product]
    if more > left or now.fitting(line.wanted) != line.wanted:
        return replace(line, reason=STOCK)
    if now.left is not None:
        rest[now.product] -= more
    return replace(line, agreed=line.wanted, price=price if had else now.price, reason="")


def overstepped(line: Line, seen: int, *, offered: bool) -> bool:
    """Say whether a seller claims more than it may: goods sent that were not agreed, or, if it does
    not only offer, a price above the one that the buyer has ``seen``."""
    dearer = bool(line.agreed) and line.price > seen and not offered
    return dearer or (line.shipped or 0) > line.agreed


def takes_itself(lines: Sequence[Line]) -> bool:
    """Say whether a buyer's node takes a counter-offer without asking: less, or cheaper."""
    return all(not line.agreed or line.price <= line.seen for line in lines)
