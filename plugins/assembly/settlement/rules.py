"""Sums of split lines, exempt and taxed apart, and how they add up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from ....core.values import NOTHING, Split, Won
from ..cycles.rules import cycle_of


@dataclass(frozen=True, slots=True)
class Sums:
    """What some lines came to, each split by itself; ``exempt`` and ``taxed`` make up ``paid``."""

    lines: int
    exempt: Won
    taxed: Won
    split: Split

    @property
    def paid(self) -> Won:
        return Won(self.exempt + self.taxed)

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.lines + other.lines,
            Won(self.exempt + other.exempt),
            Won(self.taxed + other.taxed),
            self.split + other.split,
        )


NO_SUMS = Sums(0, Won(0), Won(0), NOTHING)
"""What sums of sums begin with."""


@dataclass(frozen=True, slots=True)
class Part:
    """What the lines of one seller came to that were collected at one hub."""

    seller_id: int
    seller_name: str
    hub_id: int
    sums: Sums


@dataclass(frozen=True, slots=True)
class SellerSums:
    """What the lines of one seller came to."""

    seller_id: int
    seller_name: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class HubSums:
    """What the lines came to that were collected at one hub."""

    hub_id: int
    hub_name: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class Net:
    """Sales less what corrections took back of them, and what stays of each share."""

    exempt: int
    taxed: int
    producer: int
    activist: int
    centre: int

    @property
    def vat(self) -> int:
        return vat_within(self.taxed)


def net(sums: Sums, corrections: Iterable[Any]) -> Net:
    """Return the sums less what these rows of corrections take back."""
    exempt, taxed = int(sums.exempt), int(sums.taxed)
    producer, activist, centre = sums.split.producer, sums.split.activist, sums.split.centre
    left = {"producer": int(producer), "activist": int(activist), "centre": int(centre)}
    for row in corrections:
        if row.tax_class == "exempt":
            exempt -= row.amount
        else:
            taxed -= row.amount
        for name in left:
            left[name] -= getattr(row, name)
    return Net(exempt, taxed, **left)


def vat_within(taxed: int) -> int:
    """Return the value added tax within ``taxed`` won, half a won going up.

    What is taken without saying whether the tax is in it holds 10/110 of tax: Value Added Tax Act
    article 29(7), at the rate of article 30.
    """
    size = (2 * 10 * abs(taxed) + 110) // (2 * 110)
    return size if taxed >= 0 else -size


def sums_of(row: Any) -> Sums:
    """Return the sums that a row of a statement, of a settlement or of a query holds."""
    split = Split(Won(int(row.producer)), Won(int(row.activist)), Won(int(row.centre)))
    return Sums(int(row.lines), Won(int(row.exempt)), Won(int(row.taxed)), split)


def added(each: Iterable[SellerSums | Part]) -> Sums:
    """Return the sums of several: shares are added up and never computed again."""
    return sum((one.sums for one in each), NO_SUMS)


def by_seller(parts: Iterable[Part]) -> list[SellerSums]:
    """Return the sums of each seller over all hubs, in the order in which sellers come."""
    return [
        SellerSums(seller_id, found[0].seller_name, added(found))
        for seller_id, found in _grouped(parts, lambda part: part.seller_id).items()
    ]


def by_hub(parts: Iterable[Part]) -> dict[int, Sums]:
    """Return the sums of each hub over all sellers."""
    groups = _grouped(parts, lambda part: part.hub_id)
    return {hub_id: added(found) for hub_id, found in groups.items()}


def by_seller_and_hub(parts: Iterable[Part]) -> dict[int, dict[int, Won]]:
    """Return what each seller's sales gave the activist of each hub."""
    groups = _grouped(parts, lambda part: part.seller_id)
    return {
        seller_id: {part.hub_id: part.sums.split.activist for part in found}
        for seller_id, found in groups.items()
    }


def _grouped(parts: Iterable[Part], key: Callable[[Part], int]) -> dict[int, list[Part]]:
    groups: dict[int, list[Part]] = {}
    for part in parts:
        groups.setdefault(key(part), []).append(part)
    return groups


def settled_key(cycle_id: int, seller_id: int) -> str:
    """Return the key of the posting that gave a seller, and all who share, what a round brought."""
    return f"settled:{cycle_id}:{seller_id}"


def number(cycle_id: int, seller_id: int) -> str:
    """Return the number of a seller's statement: the round's and the seller's, so never twice."""
    return f"{cycle_id}-{seller_id}"


def hub_number(cycle_id: int, hub_id: int) -> str:
    """Return the number of a hub's statement."""
    return f"{cycle_id}-H{hub_id}"


def centre_number(cycle_id: int) -> str:
    """Return the number of the centre's statement."""
    return f"{cycle_id}-C"


def read_number(text: str) -> tuple[int, int] | None:
    """Return the ids of round and seller that ``number`` wrote, None if it did not."""
    cycle_id, _, seller_id = text.partition("-")
    written = (cycle_id, seller_id)
    if not all(part.isdecimal() and len(part) < 10 for part in written):
        return None
    return int(cycle_id), int(seller_id)


def pages_of(subjects: Iterable[str]) -> list[tuple[str, str]]:
    """Return those subjects of postings that are rounds, each with the path of the round's page."""
    found = ((subject, cycle_of(subject)) for subject in subjects)
    return [(subject, f"/rounds/{cycle_id}") for subject, cycle_id in found if cycle_id]
