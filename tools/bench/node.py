"""Throw-away nodes: made as `wizzle init` makes them, filled by bulk inserts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Table, insert

from wizzle import node_config
from wizzle.core.auth.sign_ins import LASTS, digest
from wizzle.core.db import Base
from wizzle.core.migration import migrate
from wizzle.core.models import Person, SignIn, Space
from wizzle.core.node import Node
from wizzle.core.opening import open_node
from wizzle.plugins.market import Product

_AT_ONCE = 5_000
_NAMES = ("감자", "양파", "배추", "쌀", "딸기잼", "두부", "달걀", "고추장", "들기름", "사과")
_UNITS = ("1kg", "한 봉", "한 단", "10개", "500g")


@dataclass(frozen=True)
class Place:
    """Where a node stands: its folder and its database."""

    home: Path
    url: str

    @property
    def environ(self) -> dict[str, str]:
        """What a process needs to work on this node."""
        return {"WIZZLE_HOME": str(self.home), "WIZZLE_DATABASE__URL": self.url}


def make(home: Path, url: str | None = None) -> tuple[Place, Node]:
    """Make a migrated node from the example of Gangbuk, on SQLite unless a URL is given."""
    place = Place(home, url or f"sqlite:///{home}/wizzle.db")
    environ = {"WIZZLE_DATABASE__URL": place.url}
    settings = node_config.new_node(home, example="gangbuk", environ=environ)
    node = open_node(settings)
    migrate(node.db, node.host, archive=home / "migrations")
    return place, node


def table_of(model: type[Base]) -> Table:
    """Return the table of a mapped class, for statements that pass by the mapping."""
    return cast(Table, model.__table__)


def fill(node: Node, model: type[Base], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert many rows, some thousands at a time."""
    table = table_of(model)
    waiting: list[Mapping[str, Any]] = []
    with node.db.write() as session:
        for row in rows:
            waiting.append(row)
            if len(waiting) == _AT_ONCE:
                session.execute(insert(table), waiting)
                waiting = []
        if waiting:
            session.execute(insert(table), waiting)


def add_sellers(node: Node, count: int, *, first: int = 1) -> range:
    """Add producers with the ids from ``first`` on."""
    now = node.clock.now()
    ids = range(first, first + count)
    fill(node, Space, (_seller(id_, now) for id_ in ids))
    return ids


def _seller(id_: int, now: datetime) -> dict[str, Any]:
    return {
        "id": id_, "kind": "producer", "slug": f"producer-{id_}", "name": f"완주 농부 {id_}",
        "province": "전북특별자치도", "county": "완주군", "address": "고산면 1",
        "phone": "063-000-0000", "email": f"producer-{id_}@example.com", "representative": "홍길동",
        "business_number": "000-00-00000", "created_at": now,
    }  # fmt: skip


def add_products(node: Node, count: int, sellers: range, *, stock: int | None = 1_000_000) -> range:
    """Add listed products with ids from 1 on, spread over the sellers."""
    now = node.clock.now()
    ids = range(1, count + 1)
    rows = (_product(id_, sellers[id_ % len(sellers)], stock, now) for id_ in ids)
    fill(node, Product, rows)
    return ids


def _product(id_: int, seller_id: int, stock: int | None, now: datetime) -> dict[str, Any]:
    return {
        "id": id_, "seller_id": seller_id, "name": f"{_NAMES[id_ % 10]} {id_ // 10:06}",
        "category": ("채소", "과일", "곡식", "반찬", "간식")[id_ % 5], "description": "갓 거둔 것",
        "unit_label": _UNITS[id_ % 5], "price": 1_000 + 10 * (id_ % 997), "origin": "전북 완주",
        "stock": stock, "listed": True, "created_at": now, "updated_at": now,
    }  # fmt: skip


def add_people(node: Node, count: int) -> range:
    """Add residents with ids from 101 on, each signed in on one device; see ``token_of``."""
    now = node.clock.now()
    ids = range(101, 101 + count)
    fill(node, Person, (
        {"id": id_, "email": f"person-{id_}@example.com", "name": f"주민 {id_}",
         "password_hash": "-", "email_checked_at": now, "created_at": now}
        for id_ in ids
    ))  # fmt: skip
    fill(node, SignIn, (
        {"person_id": id_, "token_hash": digest(token_of(id_)), "device": "bench",
         "created_at": now, "seen_at": now, "expires_at": now + LASTS}
        for id_ in ids
    ))  # fmt: skip
    return ids


def token_of(person_id: int) -> str:
    """Return what the device of a resident holds; guessable, which only a measurement may be."""
    return f"token-of-person-{person_id}"
