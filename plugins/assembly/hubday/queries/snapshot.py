"""The orders of a day as a phone keeps them: all that is needed to serve them without asking."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.models import Person
from ....market import (
    Footing,
    Held,
    Order,
    containers,
    containers_held_by_each,
    footings,
    order_lines,
)
from ...cycles.models import Tick
from ...cycles.queries import AnyRow, at_hubs
from ...cycles.rules import occasion
from ..rules import MOST_ORDERS

ALL_STATES = ("placed", "collected", "not_collected", "withdrawn")
_ORDER = (
    Order.id, Order.uid, Order.code, Order.number, Order.person_id, Order.person_name, Order.state,
    Order.version, Order.host_id, Order.bags, Order.collect_from, Order.paid_at, Order.phone_tail,
    Person.phone,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Taken:
    """An order with its lines, what its sum is reckoned from (None once it was paid), what its
    owner has at home, what of it is ticked, and the deposit for one of each container."""

    order: AnyRow
    lines: Sequence[AnyRow]
    footing: Footing | None
    boxes: Sequence[Held]
    ticks: Sequence[str]
    deposits: dict[int, int]


def orders_taken_along(
    session: Session,
    cycle_id: int,
    hubs: Collection[int] | None,
    order_ids: Collection[int] | None = None,
) -> list[Taken]:
    """Return orders of a round that are collected at these hubs, by name, at most ``MOST_ORDERS``;
    ``order_ids``: only these. A fixed number of queries, however many there are."""
    query = (
        select(*_ORDER)
        .join(Person, Person.id == Order.person_id)
        .where(Order.occasion == occasion(cycle_id), at_hubs(hubs))
        .order_by(Order.person_name, Order.id)
        .limit(MOST_ORDERS)
    )
    if order_ids is not None:
        query = query.where(Order.id.in_(order_ids))
    orders = session.execute(query).all()
    return _with_all(session, occasion(cycle_id), orders) if orders else []


def _with_all(session: Session, name: str, orders: Sequence[AnyRow]) -> list[Taken]:
    ids = [order.id for order in orders]
    lines: dict[int, list[AnyRow]] = defaultdict(list)
    for line in order_lines(session, name, order_ids=ids, states=ALL_STATES):
        lines[line.order_id].append(line)
    ticks: dict[int, list[str]] = defaultdict(list)
    for tick in session.execute(select(Tick.order_id, Tick.mark).where(Tick.order_id.in_(ids))):
        ticks[tick.order_id].append(tick.mark)
    reckoned = footings(session, ids)
    boxes = containers_held_by_each(session, {order.person_id for order in orders})
    deposits = {row.id: row.deposit for row in containers(session)}
    return [
        Taken(
            order, lines[order.id], reckoned.get(order.id), boxes.get(order.person_id, ()),
            ticks[order.id], deposits,
        )
        for order in orders
    ]  # fmt: skip


def in_json(taken: Taken) -> dict[str, Any]:
    """Return an order as a phone keeps it; of the resident no more than name and last digits."""
    order = taken.order
    return {
        "id": order.id,
        "uid": order.uid,
        "code": order.code,
        "number": order.number,
        "person": order.person_id,
        "name": order.person_name,
        "tails": _tails(order),
        "state": order.state,
        "version": order.version,
        "bags": order.bags or 0,
        "from": None if order.collect_from is None else order.collect_from.isoformat(),
        "paid": order.paid_at is not None,
        "ticks": sorted(taken.ticks),
        "lines": [_line(line, taken.deposits) for line in taken.lines],
        "account": taken.footing and taken.footing.account,
        "reserved": taken.footing and taken.footing.reserved,
        "transferred": taken.footing and taken.footing.transferred,
        "boxes": [_box(each) for each in taken.boxes],
    }


def _tails(order: AnyRow) -> list[str]:
    """Return the last four digits of the resident's number as it is now, and as it was then."""
    now = re.sub(r"\D", "", order.phone or "", flags=re.ASCII)[-4:]
    return sorted({tail for tail in (now, order.phone_tail) if len(tail) == 4})


def _line(line: AnyRow, deposits: dict[int, int]) -> dict[str, Any]:
    return {
        "id": line.line_id,
        "name": line.product_name,
        "unit": line.unit_label,
        "seller": line.seller_name,
        "storage": line.storage,
        "price": line.price,
        "quantity": line.quantity,
        "delivered": line.delivered,
        "byWeight": line.sold_by == "weight",
        "expected": line.expected_g,
        "most": line.most_g,
        "weighed": line.weighed_g,
        "insteadOf": line.substitute_for_id,
        "deposit": deposits.get(line.container_id, 0) if line.container_id else 0,
        "paid": line.paid - line.refunded,
    }


def _box(held: Held) -> dict[str, Any]:
    lots = [[lot.number, lot.deposit] for lot in held.lots]
    return {"id": held.container_id, "name": held.name, "lots": lots}
