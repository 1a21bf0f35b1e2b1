"""What an order's sales came to, portion by portion, so that both sides compute the same sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .....core.values import NOTHING, Split, split
from ...orders.rules.bundles import WEIGHT, Line

TOLERANCE_BP = 500
"""By how much the weight of what was sold may differ from what was sent, in basis points: goods
dry, and two scales differ."""


@dataclass(frozen=True, slots=True)
class Portion:
    """What one order of a resident came to: units and won, grams where it was weighed. Whose it is
    is never said."""

    units: int
    amount: int
    grams: int | None = None


@dataclass(frozen=True, slots=True)
class Sold:
    """The portions of one line of an order between nodes."""

    no: int
    portions: tuple[Portion, ...]


def shares(sold: Sequence[Sold], activist_bp: int, centre_bp: int) -> Split:
    """Return the shares of all portions: each is rounded once per portion, half a won up, and the
    producer has the rest."""
    total = NOTHING
    for line in sold:
        for portion in line.portions:
            total = total + split(portion.amount, activist_bp, centre_bp)
    return total


@dataclass(frozen=True, slots=True)
class Check:
    """What the seller finds: ``wrong`` says why a settlement cannot be booked at all, ``lacking``
    is the won by which less was paid for than what came, before shares."""

    wrong: str = ""
    lacking: int = 0


def check(
    sold: Sequence[Sold],
    said: Split,
    lines: Mapping[int, Line],
    received: Mapping[int, int],
    rates: tuple[int, int],
) -> Check:
    """Compare a settlement with what was agreed and what came; ``received`` units by line.

    Shares must be those that anybody computes. No more may be paid than what came costs, since
    nobody owes it; less is booked, and people have to agree on the rest.
    """
    if shares(sold, *rates) != said:
        return Check("the shares are not those of the portions")
    by_no = {line.no: line for line in sold}
    if not by_no.keys() <= lines.keys() or len(by_no) != len(sold):
        return Check("it names a line that the order does not have")
    lacking = 0
    for no, line in lines.items():
        portions = by_no[no].portions if no in by_no else ()
        lacking += _lacking(line, portions, received.get(no, 0))
    return Check("it pays more than what came costs") if lacking < 0 else Check("", lacking)


def _lacking(line: Line, portions: Sequence[Portion], received: int) -> int:
    paid = sum(portion.amount for portion in portions)
    if line.sold_by != WEIGHT:
        return line.expected(received, line.price) - paid
    # Each portion costs what its weight costs; what it was sold for less, is lacking.
    cost = sum(line.expected(0, line.price, portion.grams) for portion in portions)
    if line.grams is None or not line.shipped:
        # No weights were said by the producer, so only each portion's own can be compared.
        return cost - paid if portions or not received else 1
    grams = line.grams * received // line.shipped
    sold_grams = sum(portion.grams or 0 for portion in portions)
    if sold_grams * 10_000 > grams * (10_000 + TOLERANCE_BP):
        return -1
    if sold_grams * 10_000 >= grams * (10_000 - TOLERANCE_BP):
        return cost - paid
    return cost - paid + line.expected(0, line.price, grams - sold_grams)
