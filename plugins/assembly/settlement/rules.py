"""Sums of split lines, exempt and taxed apart, and how they add up."""

from __future__ import annotations

from collections.abc import Iterable
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


@dataclass(frozen=True, slots=True)
class SellerSums:
    """What the lines of one seller came to."""

    seller_id: int
    seller_name: str
    sums: Sums


def sums_of(row: Any) -> Sums:
    """Return the sums that a row of a statement, of a settlement or of a query holds."""
    split = Split(Won(int(row.producer)), Won(int(row.activist)), Won(int(row.centre)))
    return Sums(int(row.lines), Won(int(row.exempt)), Won(int(row.taxed)), split)


def added(sellers: Iterable[SellerSums]) -> Sums:
    """Return the sums over several sellers: shares are added up and never computed again."""
    each = [seller.sums for seller in sellers]
    return Sums(
        sum(one.lines for one in each),
        Won(sum(one.exempt for one in each)),
        Won(sum(one.taxed for one in each)),
        sum((one.split for one in each), NOTHING),
    )


def number(cycle_id: int, seller_id: int) -> str:
    """Return the number of a seller's statement: the round's and the seller's, so never twice."""
    return f"{cycle_id}-{seller_id}"


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
