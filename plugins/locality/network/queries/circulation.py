"""Money that went round, month by month, as far as it may be shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from .....core.models import Space
from .....core.node import Node
from ..models import Flow, FlowMark, FlowSource
from ..rules.circulation import FUND, RESIDENTS
from ..rules.months import HUBS, ORGANISATIONS, Both, Month, month_of, with_sellers
from ..rules.provinces import ELSEWHERE, nearness

AnyRow = Row[*tuple[Any, ...]]
MONTHS = 12


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
        month_of(name, *found[name], classes, running=name == names[0])
        for name in names
        if name in found
    ]
    months = with_sellers(months, found, classes, detailed)
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


def _by_month(rounds: Sequence[AnyRow], flows: Sequence[AnyRow]) -> dict[str, Both]:
    found: dict[str, Both] = {}
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
