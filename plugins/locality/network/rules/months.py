"""One month of money that went round, from sums by receiver: what may be shown of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .circulation import FUND, RESIDENTS, Part, Shown, of_thousand, protected, stayed, together
from .provinces import ELSEWHERE, HERE, SAME_PROVINCE

HUBS, ORGANISATIONS = "hubs", "organisations"
CLASSES = (HERE, SAME_PROVINCE, ELSEWHERE, HUBS, ORGANISATIONS)
"""Those who get money: sellers by how near they are, the work at hubs with the operating centre,
and organisations to which something is given."""
SELLERS = (HERE, SAME_PROVINCE, ELSEWHERE)

Both = tuple[list[Any], list[Any]]
"""Rows of what rounds brought (subject, receiver, amount, residents) in one month, and of all that
flowed in it (payer, receiver, amount, residents)."""

_STAYS = frozenset({HERE, HUBS, ORGANISATIONS})


@dataclass(frozen=True, slots=True)
class Month:
    """What went round in a month: ``shown`` by class, ``sellers`` by class where these may be told
    apart. ``stays`` is how much of 1,000 won stayed here, None where that may not be said.

    ``running``: the month is not over, so that only rounds count yet. ``given`` is what the fund
    gave to organisations.
    """

    name: str
    shown: Shown
    sellers: Mapping[str, Shown]
    stays: int | None
    given: int
    running: bool


class _Adding:
    """Sums by what they are shown or hidden together with, and by a key: won, and the most
    residents that are known to stand behind a part of it.

    What is together is one round, or all else of a month. Each is shown for itself and never
    changes any more: whoever looks today and tomorrow must not reckon out from the difference what
    one resident paid in between.
    """

    def __init__(self) -> None:
        self._sums: dict[str, dict[str, list[int]]] = {}

    def add(self, together_: str, key: str, amount: int, residents: int) -> None:
        sums = self._sums.setdefault(together_, {}).setdefault(key, [0, 0])
        sums[0] += amount
        if residents > sums[1]:
            sums[1] = residents

    def shown(self) -> dict[str, Shown]:
        return {
            name: protected([Part((key,), *each) for key, each in sums.items()])
            for name, sums in self._sums.items()
        }


_REST = ""
"""What came otherwise than by rounds, and what was given back."""


def month_of(
    name: str, rounds: Sequence[Any], flows: Sequence[Any], classes: Mapping[str, str],
    *, running: bool,
) -> Month:  # fmt: skip
    found = _added(rounds, flows, classes.__getitem__, running=running).shown()
    pairs = [
        (stays, each.total or 0)
        for each in found.values()
        if (stays := stayed(each, _STAYS)) is not None
    ]
    given = sum(row.amount for row in flows if row.payer == FUND)
    return Month(
        name, together(found.values()), {}, of_thousand(pairs), int(given), running=running
    )


def _added(
    rounds: Sequence[Any], flows: Sequence[Any], key_of: Callable[[str], str],
    *, running: bool,
) -> _Adding:  # fmt: skip
    adding = _Adding()
    for row in rounds:
        key, amount = key_of(row.receiver), int(row.amount)
        adding.add(row.subject, key, amount, row.residents)
        if not running:
            adding.add(_REST, key, -amount, 0)
    for row in flows if not running else ():
        if row.payer == RESIDENTS:
            adding.add(_REST, key_of(row.receiver), int(row.amount), row.residents)
    return adding


def with_sellers(
    months: Sequence[Month], found: Mapping[str, Both], classes: Mapping[str, str], detailed: str
) -> list[Month]:
    """Return the months, in one of which sellers are told apart."""
    wanted = next((each for each in months if each.name == detailed), None) or next(
        (each for each in months if each.shown.total), None
    )
    return [
        replace(each, sellers=_sellers(each, found[each.name], classes)) if each is wanted else each
        for each in months
    ]


def _sellers(month: Month, both: Both, classes: Mapping[str, str]) -> dict[str, Shown]:
    """Return the sellers of each class, of those rounds alone in which the class itself is told."""
    rounds, flows = both
    told = _added(rounds, flows, classes.__getitem__, running=month.running).shown()
    found = {}
    for key in SELLERS:
        own = [[row for row in rows if classes[row.receiver] == key] for rows in both]
        parts = _added(own[0], own[1], str, running=month.running).shown()
        found[key] = together(
            shown for name, shown in parts.items() if name in told and told[name].of(key)
        )
    return found
