"""Money that went round, month by month, as far as it may be shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from .....core.models import Space
from .....core.node import Node
from ..models import Flow, FlowMark, FlowSource
from ..rules.circulation import (
    FUND,
    RESIDENTS,
    Part,
    Shown,
    of_thousand,
    protected,
    stayed,
    together,
)
from ..rules.provinces import ELSEWHERE, HERE, SAME_PROVINCE, nearness

AnyRow = Row[*tuple[Any, ...]]
_Both = tuple[list[AnyRow], list[AnyRow]]
"""What rounds brought, and all that flowed, of one month."""

HUBS, ORGANISATIONS = "hubs", "organisations"
CLASSES = (HERE, SAME_PROVINCE, ELSEWHERE, HUBS, ORGANISATIONS)
"""Those who get money: sellers by how near they are, the work at hubs with the operating centre,
and organisations to which something is given."""
SELLERS = (HERE, SAME_PROVINCE, ELSEWHERE)
MONTHS = 12


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


@dataclass(frozen=True, slots=True)
class Circulation:
    """The last months, the newest first, the names of spaces by the codes of their accounts, and
    up to when the ledger is added up."""

    months: tuple[Month, ...]
    names: Mapping[str, AnyRow]
    counted_until: datetime | None


def circulation(
    node: Node, session: Session, count: int = MONTHS, *, detailed: str = ""
) -> Circulation:
    """Return what went round in the last months; four short queries, whatever the ledger holds.

    Sellers are told apart in the month ``detailed`` alone, or else in the last that shows anything.
    """
    names = month_names(node, count)
    rounds, flows = _rounds(session, names), _flows(session, names)
    spaces = _spaces(session, {row.receiver for row in (*rounds, *flows)})
    home = (node.settings.node.province, node.settings.node.county)
    classes = _classes(spaces, {row.receiver for row in (*rounds, *flows)}, home)
    found = _by_month(rounds, flows)
    months = [
        _month(name, *found[name], classes, running=name == names[0])
        for name in names
        if name in found
    ]
    months = _with_sellers(months, found, classes, detailed)
    return Circulation(tuple(months), spaces, session.scalar(select(FlowMark.at)))


def month_names(node: Node, count: int) -> list[str]:
    """Return the last months as the sums call them, this one first."""
    now = node.clock.now().astimezone(ZoneInfo(node.settings.node.time_zone))
    number = now.year * 12 + now.month - 1
    return [f"{each // 12:04}-{each % 12 + 1:02}" for each in range(number, number - count, -1)]


def _flows(session: Session, names: Sequence[str]) -> Sequence[AnyRow]:
    return session.execute(
        select(Flow.month, Flow.payer, Flow.receiver, Flow.amount, Flow.residents).where(
            Flow.month >= names[-1], Flow.month <= names[0],
            Flow.payer.in_((RESIDENTS, FUND)),
        )
    ).all()  # fmt: skip


def _rounds(session: Session, names: Sequence[str]) -> Sequence[AnyRow]:
    return session.execute(
        select(
            FlowSource.month, FlowSource.subject, FlowSource.receiver, FlowSource.amount,
            FlowSource.residents,
        ).where(
            FlowSource.is_round.is_(True), FlowSource.month >= names[-1],
            FlowSource.month <= names[0],
        )
    ).all()  # fmt: skip


def _by_month(rounds: Sequence[AnyRow], flows: Sequence[AnyRow]) -> dict[str, _Both]:
    found: dict[str, _Both] = {}
    for place, rows in enumerate((rounds, flows)):
        for row in rows:
            found.setdefault(row.month, ([], []))[place].append(row)
    return found


def _spaces(session: Session, codes: set[str]) -> dict[str, AnyRow]:
    ids = {int(owner): code for code in codes if (owner := _seller(code))}
    rows = session.execute(
        select(
            Space.id, Space.name, Space.slug, Space.province, Space.county, Space.closed_at
        ).where(Space.id.in_(ids))
    )
    return {ids[row.id]: row for row in rows}


def _seller(code: str) -> str:
    kind, _, owner = code.partition(":")
    return owner if kind == "producer" and owner.isdecimal() else ""


def _classes(
    spaces: Mapping[str, AnyRow], receivers: Collection[str], home: tuple[str, str]
) -> dict[str, str]:
    """Return to which class each receiver belongs."""
    found = {}
    for code in receivers:
        kind, space = code.partition(":")[0], spaces.get(code)
        if kind == "organisation":
            found[code] = ORGANISATIONS
        elif kind in ("activist", "centre", "fund"):
            found[code] = HUBS
        else:
            found[code] = nearness(space.province, space.county, home) if space else ELSEWHERE
    return found


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


def _month(
    name: str, rounds: Sequence[AnyRow], flows: Sequence[AnyRow], classes: Mapping[str, str],
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
    rounds: Sequence[AnyRow], flows: Sequence[AnyRow], key_of: Callable[[str], str],
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


def _with_sellers(
    months: Sequence[Month], found: Mapping[str, _Both], classes: Mapping[str, str], detailed: str
) -> list[Month]:
    """Return the months, in one of which sellers are told apart."""
    wanted = next((each for each in months if each.name == detailed), None) or next(
        (each for each in months if each.shown.total), None
    )
    return [
        replace(each, sellers=_sellers(each, found[each.name], classes)) if each is wanted else each
        for each in months
    ]


def _sellers(month: Month, both: _Both, classes: Mapping[str, str]) -> dict[str, Shown]:
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
