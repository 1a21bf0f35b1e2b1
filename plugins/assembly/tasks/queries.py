"""How all running rounds of a hub stand, in a number of queries that does not grow with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, func, literal, or_, select
from sqlalchemy.orm import Session

from ....core.models import Space
from ...market import Order, OrderLine
from ..cycles.models import Part
from ..cycles.queries import AnyRow, current_rounds, rounds_collected_at, still_coming
from ..cycles.queries.sheets import STANDING
from ..cycles.rules import State, cycle_of, occasion
from ..receiving.models import Receipt
from ..shifts.queries import coming_shifts
from .rules import Facts

MOST = 8
"""So many running rounds of a hub are looked at."""

_GUEST = frozenset({State.RECEIVED, State.PACKED, State.DISTRIBUTING})
Counts = dict[int, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Day:
    """The running rounds of a hub with how they stand, and the producers whose sheets wait."""

    facts: Sequence[Facts]
    unconfirmed: Sequence[AnyRow]

    @property
    def own(self) -> list[int]:
        """The ids of the rounds that the hub itself runs."""
        return [each.cycle_id for each in self.facts if not each.guest]


def day_of(session: Session, hub_id: int, now: datetime) -> Day:
    """Return how the rounds of a hub stand, and those of others that are collected there."""
    own = current_rounds(session, now, hub_id=hub_id, limit=MOST)
    guests = [row for row in rounds_collected_at(session, hub_id) if State(row.state) in _GUEST]
    ids = [row.id for row in (*own, *guests)]
    if not ids:
        return Day((), ())
    counts: Counts = defaultdict(lambda: defaultdict(int))
    at_guests = frozenset(row.id for row in guests)
    _count_orders(session, counts, ids, hub_id, at_guests)
    _count_weights(session, counts, ids, hub_id, at_guests)
    _count_goods(session, counts, ids)
    parts = _parts(session, ids)
    _count_parts(counts, parts)
    for shift in coming_shifts(session, now, hub_id=hub_id):
        if shift.cycle_id is not None:
            counts[shift.cycle_id]["helpers_missing"] += shift.places - shift.taken
    facts = [_facts(row, counts[row.id], guest=row.id in at_guests) for row in (*own, *guests)]
    return Day(facts, [row for row in parts if row.cycle_id not in at_guests and _waits(row)])


def _facts(row: AnyRow, counts: Mapping[str, int], *, guest: bool) -> Facts:
    return Facts(
        cycle_id=row.id,
        title=row.title,
        state=State(row.state),
        cut_off=row.collect_from if guest else row.cut_off,
        collect_from=row.collect_from,
        collect_until=row.collect_until,
        guest=guest,
        **counts,
    )


def _occasions(ids: Sequence[int]) -> list[str]:
    return [occasion(each) for each in ids]


def _at_hub(ids: Sequence[int], hub_id: int, guests: frozenset[int]) -> ColumnElement[bool]:
    """Return the condition for orders of these rounds; of guests only what is collected here."""
    own = [occasion(each) for each in ids if each not in guests]
    return or_(
        Order.occasion.in_(own),
        and_(Order.occasion.in_(_occasions(sorted(guests))), Order.host_id == hub_id),
    )


def _count_orders(
    session: Session, counts: Counts, ids: Sequence[int], hub_id: int, guests: frozenset[int]
) -> None:
    rows = session.execute(
        select(
            Order.occasion, Order.state, func.count().label("orders"),
            func.count(Order.packed_at).label("packed"),
        )
        .where(_at_hub(ids, hub_id, guests), Order.state.in_(STANDING))
        .group_by(Order.occasion, Order.state)
    )  # fmt: skip
    for row in rows:
        found = counts[_id(row.occasion)]
        found["orders"] += row.orders
        found[{"placed": "waiting"}.get(row.state, row.state)] += row.orders
        if row.state == "placed":
            found["packed"] += row.packed


def _count_weights(
    session: Session, counts: Counts, ids: Sequence[int], hub_id: int, guests: frozenset[int]
) -> None:
    rows = session.execute(
        select(
            Order.occasion, func.count(OrderLine.id).label("to_weigh"),
            func.count(OrderLine.weighed_g).label("weighed"),
        )
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(
            _at_hub(ids, hub_id, guests), Order.state == "placed",
            OrderLine.sold_by == "weight", OrderLine.delivered > 0,
        )
        .group_by(Order.occasion)
    )  # fmt: skip
    for row in rows:
        counts[_id(row.occasion)].update(to_weigh=row.to_weigh, weighed=row.weighed)


def _count_goods(session: Session, counts: Counts, ids: Sequence[int]) -> None:
    goods = session.execute(
        select(OrderLine.occasion, func.count(OrderLine.product_id.distinct()).label("goods"))
        .join(Order, Order.id == OrderLine.order_id)
        .where(
            OrderLine.occasion.in_(_occasions(ids)), Order.state.in_(STANDING),
            OrderLine.substitute_for_id.is_(None), still_coming(),
        )
        .group_by(OrderLine.occasion)
    )  # fmt: skip
    for row in goods:
        counts[_id(row.occasion)]["goods"] = row.goods
    short = (Receipt.came < Receipt.ordered) & Receipt.shared_at.is_(None)
    receipts = session.execute(
        select(
            Receipt.cycle_id, func.count().label("counted"),
            func.sum(case((short, 1), else_=0)).label("unshared"),
        )
        .where(Receipt.cycle_id.in_(ids))
        .group_by(Receipt.cycle_id)
    )  # fmt: skip
    for row in receipts:
        counts[row.cycle_id].update(counted=row.counted, unshared=int(row.unshared))


def _parts(session: Session, ids: Sequence[int]) -> Sequence[AnyRow]:
    ordered = (
        select(
            OrderLine.occasion,
            OrderLine.seller_id,
            func.sum(OrderLine.amount).label("won"),
            func.sum(OrderLine.delivered).label("units"),
        )
        .join(Order, Order.id == OrderLine.order_id)
        .where(OrderLine.occasion.in_(_occasions(ids)), Order.state.in_(STANDING), still_coming())
        .group_by(OrderLine.occasion, OrderLine.seller_id)
        .subquery()
    )
    return session.execute(
        select(
            Part.cycle_id, Part.seller_id, Part.minimum_won, Part.minimum_units, Part.outcome,
            Part.sheet_confirmed_at, Space.name, Space.phone, ordered.c.won, ordered.c.units,
        )
        .join(Space, Space.id == Part.seller_id)
        .join(ordered, and_(ordered.c.occasion == _name_of(Part.cycle_id),
                            ordered.c.seller_id == Part.seller_id))
        .where(Part.cycle_id.in_(ids))
        .order_by(Space.name, Part.cycle_id)
    ).all()  # fmt: skip


def _name_of(column: Any) -> ColumnElement[str]:
    return literal("cycle:") + cast(column, String)


def _count_parts(counts: Counts, parts: Sequence[AnyRow]) -> None:
    for row in parts:
        found = counts[row.cycle_id]
        found["sheets"] += 1
        found["confirmed"] += row.sheet_confirmed_at is not None
        found["below"] += row.won < row.minimum_won or row.units < row.minimum_units


def _waits(row: AnyRow) -> bool:
    return row.sheet_confirmed_at is None


def _id(name: str) -> int:
    return cycle_of(name) or 0


def expected_share(session: Session, hub_id: int, ids: Sequence[int]) -> Mapping[int, int]:
    """Return what the activist of a hub would have of each of these rounds as they stand: of what
    was paid and not given back, and of what waits at what it costs."""
    if not ids:
        return {}
    kept = case(
        (Order.state == "collected", OrderLine.paid - OrderLine.refunded), else_=OrderLine.amount
    )
    rows = session.execute(
        select(
            OrderLine.occasion,
            func.sum((kept * OrderLine.activist_bp + 5_000) // 10_000).label("won"),
        )
        .join(Order, Order.id == OrderLine.order_id)
        .where(
            OrderLine.occasion.in_(_occasions(ids)), Order.host_id == hub_id,
            Order.state.in_(("placed", "collected")), still_coming(),
        )
        .group_by(OrderLine.occasion)
    )  # fmt: skip
    return {_id(row.occasion): int(row.won or 0) for row in rows}
