"""How far dues are paid by what a member has given: the oldest first, each won once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Owed:
    """A due of ``amount`` won; one that was waived asks for nothing."""

    id: int
    amount: int
    waived: bool = False


def spread(received: int, owed: Sequence[Owed]) -> tuple[dict[int, int], int]:
    """Return how much of each due is paid, in the order in which they are given, and what is left
    over: credit for the next ones.

    >>> spread(25_000, [Owed(1, 10_000), Owed(2, 10_000, waived=True), Owed(3, 10_000)])
    ({1: 10000, 2: 0, 3: 10000}, 5000)
    """
    if received < 0:
        raise ValueError(f"less than nothing was received: {received}")
    paid = {}
    for each in owed:
        paid[each.id] = 0 if each.waived else min(received, each.amount)
        received -= paid[each.id]
    return paid, received
