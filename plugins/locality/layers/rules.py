"""How activity is counted by layer and month: things and never people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ....core.values import Message

MONTHS = 6
PUBLISHED, MEETINGS, MONEY = "published", "meetings", "money"
MEASURES = {
    PUBLISHED: Message("Made public", {}),
    MEETINGS: Message("Meetings and dates", {}),
    MONEY: Message("Entries of money", {}),
}
ACCOUNTS = ("cash", "producer", "activist", "organisation")
"""Kinds of ledger accounts whose owner is a space, as in "producer:12"."""


@dataclass(frozen=True, slots=True)
class Activity:
    """What the spaces of one layer did: for each measure, one number for each month."""

    layer: str
    spaces: int
    counts: Mapping[str, tuple[int, ...]]

    @property
    def totals(self) -> tuple[int, ...]:
        return tuple(map(sum, zip(*self.counts.values(), strict=True)))


def space_of(author: str) -> int | None:
    """Return the id of the space that an author ("space:7") is, None for a person."""
    kind, _, number = author.partition(":")
    if kind != "space" or not (number.isascii() and number.isdecimal()) or len(number) > 9:
        return None
    return int(number)


def codes(space_ids: Iterable[int]) -> dict[str, int]:
    """Return the codes of the ledger accounts that these spaces may have, each with its space."""
    return {f"{kind}:{number}": number for number in space_ids for kind in ACCOUNTS}


def added(pairs: Iterable[tuple[int, int]], months: int) -> tuple[int, ...]:
    """Add up pairs of a month's number and an amount; whatever lies outside is left out."""
    found = [0] * months
    for number, amount in pairs:
        if 0 <= number < months:
            found[number] += amount
    return tuple(found)
