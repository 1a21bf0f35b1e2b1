"""How much goes on in each layer, month by month; people are never counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from ....core.models import LedgerAccount, LedgerEntry, LedgerPosting, Space
from ....core.node import Node
from ....core.periods import Periods, months
from ..directory.models import Listing
from ..directory.rules.needs import LAYERS
from .models import Published
from .rules import MEASURES, MEETINGS, MONEY, MONTHS, PUBLISHED, Activity, added, codes

AnyRow = Row[*tuple[Any, ...]]
MOST_SPACES = 1_000
Pairs = dict[str, list[tuple[int, int]]]
"""By layer, pairs of a month's number and an amount."""


def periods_of(node: Node) -> Periods:
    """Return the months that are looked at, this one being the last."""
    return months(node.clock.now(), ZoneInfo(node.settings.node.time_zone), MONTHS)


def spaces(session: Session) -> Sequence[AnyRow]:
    """Return the open spaces that say where they stand, by name: id, name, slug, layer."""
    return session.execute(
        select(Space.id, Space.name, Space.slug, Listing.layer)
        .join(Listing, Listing.space_id == Space.id)
        .where(Listing.layer != "", Space.closed_at.is_(None))
        .order_by(Space.name, Space.id)
        .limit(MOST_SPACES)
    ).all()


def activity(node: Node, session: Session, periods: Periods) -> list[Activity]:
    """Return what the spaces of each layer did in each of these months."""
    layer_of = {row.id: row.layer for row in spaces(session)}
    by_measure = {
        PUBLISHED: _published(session, periods, layer_of),
        MEETINGS: _meetings(node, session, periods, layer_of),
        MONEY: _money(session, periods, layer_of),
    }
    return [
        Activity(
            layer,
            sum(1 for each in layer_of.values() if each == layer),
            {each: added(by_measure[each].get(layer, ()), len(periods)) for each in MEASURES},
        )
        for layer in LAYERS
    ]


def _published(session: Session, periods: Periods, layer_of: Mapping[int, str]) -> Pairs:
    number = periods.number(Published.at).label("number")
    rows = session.execute(
        select(Published.space_id, number, func.count())
        .where(periods.within(Published.at))
        .group_by(Published.space_id, number)
    )
    return _by_layer(layer_of, ((row[0], row[1], row[2]) for row in rows))


def _meetings(node: Node, session: Session, periods: Periods, layer_of: Mapping[int, str]) -> Pairs:
    """Count what takes place; asked month by month, since each answer is bounded."""
    found = []
    for place, (since, until) in enumerate(zip(periods.bounds, periods.bounds[1:], strict=False)):
        lines = node.host.collect(
            "happenings", node=node, session=session, since=since, until=until
        )
        found += [
            (line.space_id, place, 1) for line in lines
            if line.space_id is not None and since <= line.starts_at < until
        ]  # fmt: skip
    return _by_layer(layer_of, found)


def _money(session: Session, periods: Periods, layer_of: Mapping[int, str]) -> Pairs:
    """Count postings that touched an account of a space; each space that takes part counts."""
    owners = codes(layer_of)
    number = periods.number(LedgerPosting.at).label("number")
    rows = session.execute(
        select(LedgerAccount.code, number, func.count(LedgerPosting.id.distinct()))
        .join(LedgerEntry, LedgerEntry.account_id == LedgerAccount.id)
        .join(LedgerPosting, LedgerPosting.id == LedgerEntry.posting_id)
        .where(LedgerAccount.code.in_(list(owners)), periods.within(LedgerPosting.at))
        .group_by(LedgerAccount.code, number)
    )
    return _by_layer(layer_of, ((owners[row[0]], row[1], row[2]) for row in rows))


def _by_layer(layer_of: Mapping[int, str], rows: Any) -> Pairs:
    found: Pairs = {}
    for space_id, number, amount in rows:
        layer = layer_of.get(space_id)
        if layer is not None:
            found.setdefault(layer, []).append((int(number), int(amount)))
    return found
