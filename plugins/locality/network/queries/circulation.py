"""Money that went round, month by month, as far as it may be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from .....core.models import Space
from .....core.node import Node
from ..models import Flow, FlowMark, FlowSource
from ..rules.circulation import (
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
HUBS, ORGANISATIONS = "hubs", "organisations"
CLASSES = (HERE, SAME_PROVINCE, ELSEWHERE, HUBS, ORGANISATIONS)
"""Those who get money: sellers by how near they are, the work at hubs with the operating centre,
and organisations to which something is given."""
SELLERS = (HERE, SAME_PROVINCE, ELSEWHERE)
MONTHS = 12
_FUND = "fund"


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


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sums that are shown or hidden together: those of one round, or all else of a month.

    Each is shown for itself and never changes any more: whoever looks today and tomorrow must not
    reckon out from the difference what one resident paid in between.
    """

    classes: Shown
    sellers: Mapping[str, Shown]


def circulation(node: Node, session: Session, count: int = MONTHS) -> Circulation:
    """Return what went round in the last months; four short queries, whatever the ledger holds."""
    names = month_names(node, count)
    rounds, flows = _rounds(session, names), _flows(session, names)
    spaces = _spaces(session, {row.receiver for row in (*rounds, *flows)})
    home = (node.settings.node.province, node.settings.node.county)
    places = {code: nearness(row.province, row.county, home) for code, row in spaces.items()}
    found = _by_month(rounds, flows)
    months = [
        _month(name, *found[name], places, running=name == names[0])
        for name in names
        if name in found
    ]
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
            Flow.payer.in_((RESIDENTS, _FUND)),
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


def _by_month(
    rounds: Sequence[AnyRow], flows: Sequence[AnyRow]
) -> dict[str, tuple[list[AnyRow], list[AnyRow]]]:
    found: dict[str, tuple[list[AnyRow], list[AnyRow]]] = {}
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


def _class_of(code: str, places: Mapping[str, str]) -> str:
    kind = code.partition(":")[0]
    if kind == "organisation":
        return ORGANISATIONS
    return HUBS if kind in ("activist", "centre", "fund") else places.get(code, ELSEWHERE)


def _month(
    name: str, rounds: Sequence[AnyRow], flows: Sequence[AnyRow],
    places: Mapping[str, str], *, running: bool,
) -> Month:  # fmt: skip
    by_round: dict[str, list[Part]] = {}
    for row in rounds:
        part = Part((row.receiver,), int(row.amount), row.residents)
        by_round.setdefault(row.subject, []).append(part)
    told = [_sums(parts, places) for parts in by_round.values()]
    if not running:
        told.append(_sums(_rest(rounds, flows), places))
    kept = [each for each in told if each.classes.total is not None]
    pairs = [
        (stays, each.classes.total or 0)
        for each in kept
        if (stays := stayed(each.classes, _STAYS)) is not None
    ]
    return Month(
        name=name,
        shown=together(each.classes for each in kept),
        sellers={
            key: together(each.sellers[key] for each in kept if key in each.sellers)
            for key in SELLERS
        },
        stays=of_thousand(pairs),
        given=sum(int(row.amount) for row in flows if row.payer == _FUND),
        running=running,
    )


def _rest(rounds: Sequence[AnyRow], flows: Sequence[AnyRow]) -> list[Part]:
    """Return what came otherwise than by rounds, and what was given back, by receiver."""
    shown: dict[str, int] = {}
    for row in rounds:
        shown[row.receiver] = shown.get(row.receiver, 0) + int(row.amount)
    return [
        Part((row.receiver,), int(row.amount) - shown.get(row.receiver, 0), row.residents)
        for row in flows
        if row.payer == RESIDENTS
    ]


def _sums(parts: Sequence[Part], places: Mapping[str, str]) -> _Sums:
    grouped: dict[str, list[Part]] = {}
    for part in parts:
        grouped.setdefault(_class_of(part.keys[0], places), []).append(part)
    classes = protected([_class(key, grouped[key]) for key in CLASSES if key in grouped])
    sellers = {key: protected(grouped[key]) for key in SELLERS if classes.of(key)}
    return _Sums(classes, sellers)


def _class(key: str, parts: Sequence[Part]) -> Part:
    most = max(part.residents for part in parts)
    return Part((key,), sum(part.amount for part in parts), most)
