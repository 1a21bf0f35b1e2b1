"""A round whose orders were all collected and paid, ready to be settled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from wizzle.core import ledger
from wizzle.core.models import Space
from wizzle.core.node import Node
from wizzle.plugins.assembly.cycles.models import Cycle
from wizzle.plugins.market import Order, OrderLine

from . import node as nodes
from .fair import analyse

LINES_EACH = 4
"""How many lines an order has."""

_HUB = 100_000
_CYCLE = 1
_RESIDENTS = 200


@dataclass(frozen=True)
class Books:
    """What is to be settled: how much of it there is, and where."""

    place: nodes.Place
    cycle_id: int
    lines: int
    paid: int


def make_books(home: Path, url: str | None, *, lines: int, sellers: int) -> Books:
    """Make a node with a round of so many paid lines of so many producers."""
    home.mkdir()
    place, node = nodes.make(home, url)
    farms = nodes.add_sellers(node, sellers)
    goods = nodes.add_products(node, 3 * sellers, farms)
    people = nodes.add_people(node, _RESIDENTS)
    _add_round(node)
    orders = range(1, lines // LINES_EACH + 1)
    now = node.clock.now()
    nodes.fill(node, Order, (_order(id_, people, now) for id_ in orders))
    nodes.fill(node, OrderLine, _lines(orders, goods, farms))
    paid = _take_payment(node)
    analyse(node)
    node.close()
    return Books(place, _CYCLE, LINES_EACH * len(orders), paid)


def _add_round(node: Node) -> None:
    now = node.clock.now()
    nodes.fill(node, Space, [
        {"id": _HUB, "kind": "hub", "slug": "hub", "name": "수유 마을부엌", "created_at": now}
    ])  # fmt: skip
    nodes.fill(node, Cycle, [{
        "id": _CYCLE, "hub_id": _HUB, "title": "이번 회차", "state": "distributing",
        "opens_at": now - timedelta(days=4), "cut_off": now - timedelta(days=2),
        "collect_from": now - timedelta(hours=3), "collect_until": now - timedelta(hours=1),
        "place": "수유 마을부엌", "activist_bp": 700, "centre_bp": 800, "created_at": now,
    }])  # fmt: skip


def _order(id_: int, people: range, now: datetime) -> dict[str, Any]:
    return {
        "id": id_, "uid": f"order-{id_:012}", "number": f"261123-{id_:06}",
        "person_id": people[id_ % len(people)], "person_name": "주민",
        "occasion": f"cycle:{_CYCLE}", "title": "이번 회차", "place": "수유 마을부엌",
        "host_id": _HUB, "state": "collected", "payment_provider": "at_collection",
        "code": f"{id_:06X}", "key": f"key-{id_}", "placed_at": now, "changed_at": now,
        "collected_at": now, "paid_at": now,
    }  # fmt: skip


def _lines(orders: range, goods: range, farms: range) -> Iterator[dict[str, Any]]:
    for order_id in orders:
        for place in range(LINES_EACH):
            yield _line(order_id, goods[(order_id * 7 + place * 11) % len(goods)], place, farms)


def _line(order_id: int, product_id: int, place: int, farms: range) -> dict[str, Any]:
    price, quantity = 990 + 10 * (product_id % 331) + product_id % 7, 1 + (order_id + place) % 4
    paid = price * quantity
    seller = farms[product_id % len(farms)]
    return {
        "order_id": order_id, "occasion": f"cycle:{_CYCLE}", "product_id": product_id,
        "seller_id": seller, "seller_name": f"완주 농부 {seller}", "product_name": "감자",
        "unit_label": "1kg", "price": price, "quantity": quantity, "delivered": quantity,
        "taken": quantity, "tax_class": "taxed" if product_id % 5 == 0 else "exempt",
        "origin": "전북 완주", "activist_bp": 700, "centre_bp": 800, "paid": paid,
        "refunded": paid // 3 if (order_id + place) % 50 == 0 else 0,
    }  # fmt: skip


def _take_payment(node: Node) -> int:
    """Post the money that came in, and return what is to be split of it."""
    with node.db.write() as session:
        total = select(func.sum(OrderLine.paid - OrderLine.refunded))
        paid = int(session.execute(total).scalar_one())
        entries = ((ledger.account("cash", _HUB), paid), (ledger.account("held"), -paid))
        draft = ledger.Draft("bench:paid", f"cycle:{_CYCLE}", "paid at collection", entries)
        ledger.post(session, [draft], node.clock.now())
    return paid
