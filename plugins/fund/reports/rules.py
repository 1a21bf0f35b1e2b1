"""What the books of a month or a year say, and which income an expense is covered by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ....core.answers import NoticeKind
from ....core.values import Message
from ..earmarks.queries import Line
from ..earmarks.rules import APART, IN, KINDS_OF_MONEY, OUT

Amounts = tuple[tuple[int, int], ...]
"""Won by earmark; 0 is free money."""

SOURCES = {
    "round": Message("Rounds: the centre's share", {}),
    "shop": Message("Shops: the centre's share", {}),
    "peer": Message("Sales of other neighbourhoods' producers: the centre's share", {}),
    "dues": Message("Membership dues", {}),
    "donation": Message("Donations", {}),
    "pledge": Message("Pledges for campaigns", {}),
    "grant": Message("Grants and subsidies", {}),
    "loan": Message("Loans", {}),
    "claim": Message("Expense claims", {}),
    "other": Message("Other", {}),
}
"""What each kind of money is called."""


@dataclass(frozen=True, slots=True)
class Report:
    """A month or a year of the fund, in won; ``begin`` + came - went = ``end``.

    ``came`` by kind, ``went`` and ``apart`` (set apart above 0, freed below) by earmark, and
    ``stands`` what is in each part of the fund at the end.
    """

    begin: int
    came: tuple[tuple[str, int], ...]
    went: Amounts
    apart: Amounts
    stands: Amounts

    @property
    def came_in(self) -> int:
        return sum(amount for _, amount in self.came)

    @property
    def went_out(self) -> int:
        return sum(amount for _, amount in self.went)

    @property
    def end(self) -> int:
        return sum(amount for _, amount in self.stands)

    @property
    def earmark_ids(self) -> frozenset[int]:
        places = (*self.went, *self.apart, *self.stands)
        return frozenset(place for place, _ in places if place)


def report(before: Mapping[int, int], lines: Iterable[Line]) -> Report:
    """Return what the sums of some months come to; ``before``: what stood in each part then."""
    came: Counter[str] = Counter()
    went: Counter[int] = Counter()
    apart: Counter[int] = Counter()
    stands: Counter[int] = Counter(before)
    for line in lines:
        stands[line.earmark_id] += line.amount
        if line.way == IN:
            came[line.kind] += line.amount
        elif line.way == OUT:
            went[line.earmark_id] -= line.amount
        elif line.way == APART:
            apart[line.earmark_id] += line.amount
    kinds = [kind for kind in KINDS_OF_MONEY if came[kind]]
    return Report(
        begin=sum(before.values()),
        came=tuple((kind, came[kind]) for kind in kinds),
        went=_filled(went),
        apart=tuple(each for each in _filled(apart) if each[0]),
        stands=_filled(stands),
    )


def _filled(amounts: Mapping[int, int]) -> Amounts:
    return tuple((place, amounts[place]) for place in sorted(amounts) if amounts[place])


@dataclass(frozen=True, slots=True)
class Month:
    """A month in a list of months: what came, what went, and what stood at its end."""

    month: int
    came: int
    went: int
    end: int


def by_month(sums: Iterable[tuple[int, str, int]]) -> list[Month]:
    """Return the months from sums of month, way and won; rising, each with what stands then."""
    came: Counter[int] = Counter()
    went: Counter[int] = Counter()
    seen: set[int] = set()
    for month, way, amount in sums:
        seen.add(month)
        if way == IN:
            came[month] += amount
        elif way == OUT:
            went[month] -= amount
    found, end = [], 0
    for month in sorted(seen):
        end += came[month] - went[month]
        found.append(Month(month, came[month], went[month], end))
    return found


def covered(income: Sequence[tuple[int, int]], spent: int, amount: int) -> list[tuple[int, int]]:
    """Return from which months' income an expense is paid if the oldest money goes first.

    ``income`` is what came in by month, rising; ``spent`` what had gone out before. What a month
    gave back more than it brought is taken from the newest money before it. What no income covers
    (it came later) is left out.
    """
    queue: list[list[int]] = []
    for month, won in income:
        if won >= 0:
            queue.append([month, won])
            continue
        back = -won
        while back and queue:
            taken = min(back, queue[-1][1])
            queue[-1][1] -= taken
            back -= taken
            if not queue[-1][1]:
                queue.pop()
    found, skip, wanted = [], spent, amount
    for month, won in queue:
        passed = min(skip, won)
        skip -= passed
        part = min(wanted, won - passed)
        if part > 0:
            found.append((month, part))
            wanted -= part
    return found


def months_of(period: int) -> tuple[int, int]:
    """Return the first and the last month of a period: 202612 is a month, 2026 a year."""
    return (period * 100 + 1, period * 100 + 12) if period < 10_000 else (period, period)


def month_before(month: int) -> int:
    """Return the month before one."""
    return month - 1 if month % 100 > 1 else month - 89


BOOKED = "fund:booked:"
"""How keys of postings begin that a treasurer booked by hand from a bank statement."""

BOOKABLE = ("donation", "grant", "other")
"""Kinds of money that are booked by hand; all others come from rooms of their own."""


def may_be_undone(key: str) -> bool:
    """Say whether a posting was made by hand, and so is taken back by hand."""
    return key.startswith((BOOKED, "fund:apart:"))


OFFICE = NoticeKind(
    "fund.office",
    Message("My office in the fund", {}),
    Message("You have been given an office of the local fund.", {}),
    default="now",
    order=70,
)

OFFICE_NAMES = {
    "treasurer": Message("Treasurer", {}),
    "auditor": Message("Auditor", {}),
}
