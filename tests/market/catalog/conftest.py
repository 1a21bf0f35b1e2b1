"""Goods on the shelves of the cast's producers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, insert, select
from support.cast import Cast

from wizzle.core.node import Node
from wizzle.plugins.market.catalog.actions import Draft, Hand, add_product
from wizzle.plugins.market.catalog.models import Product

Shelve = Callable[..., int]


@pytest.fixture
def shelve(node: Node, cast: Cast) -> Shelve:
    """``shelve("햇감자", price=3000)`` offers a product of erin's farm and returns its id."""

    def put(
        name: str = "햇감자", *, seller: str = "farm", stock: int | None = 10, **more: Any
    ) -> int:
        facts = {
            "unit_code": "mass/1000g", "unit_label": "1kg", "price": 3000, "category": "채소",
            "origin": "전북 완주", **more,
        }  # fmt: skip
        seller_id = cast.space(seller).id
        hand = Hand(node.clock.now(), None, sets_price=True)
        with node.db.write() as session:
            return add_product(session, seller_id, Draft(name, **facts), stock=stock, hand=hand)

    return put


@pytest.fixture
def fill(node: Node, cast: Cast) -> Callable[[int], None]:
    """``fill(1000)`` puts so many goods on the shelves at once."""

    def put(count: int) -> None:
        sellers = [cast.space("farm").id, cast.space("other_farm").id]
        now = node.clock.now()
        rows = [
            {
                "seller_id": sellers[number % 2], "name": f"상품 {number:05d}", "price": 1000,
                "category": f"분류 {number % 7}", "unit_label": "한 단", "unit_code": "bunch",
                "created_at": now, "updated_at": now, "stock": None if number % 3 else number % 40,
            }
            for number in range(count)
        ]  # fmt: skip
        with node.db.write() as session:
            session.execute(insert(Product), rows)

    return put


@pytest.fixture
def product(node: Node) -> Callable[[int], Product]:
    """``product(5)`` is what stands in the database now."""

    def read(product_id: int) -> Product:
        with node.db.read() as session:
            found = session.scalars(select(Product).where(Product.id == product_id)).one()
            session.expunge(found)
            return found

    return read


@pytest.fixture
def queries(node: Node) -> Callable[[], Any]:
    """``with queries() as seen:`` gathers what the database is asked, with the values."""

    @contextmanager
    def watch() -> Iterator[list[tuple[str, Any]]]:
        seen: list[tuple[str, Any]] = []

        def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
            seen.append((statement, parameters))

        event.listen(node.db.engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(node.db.engine, "before_cursor_execute", note)

    return watch
