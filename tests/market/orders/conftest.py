"""A fair to sell at, goods to sell, and what a test asks of the books afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import func, select
from support.cast import Cast

from wizzle.core import ledger
from wizzle.core.answers import SaleTerms
from wizzle.core.hookspecs import hookimpl
from wizzle.core.models import LedgerEntry
from wizzle.core.node import Node
from wizzle.core.values import Message
from wizzle.plugins.market import Item, Order, OrderEvent, OrderLine, Product, place_order

FAIR = "fair:1"


@dataclass
class Fair:
    """An occasion that no real plugin holds; the test opens and closes it."""

    terms: dict[str, SaleTerms] = field(default_factory=dict)
    asked: int = 0

    def close(self, occasion: str = FAIR) -> None:
        closed = Message("The fair is over.", {})
        self.terms[occasion] = replace(self.terms[occasion], closed=closed)

    def module(self) -> ModuleType:
        """Return the hooks of a plugin that answers for the fair."""
        hooks = ModuleType("fair")

        @hookimpl
        def sale_terms(occasion: str, product_ids: frozenset[int]) -> SaleTerms | None:
            self.asked += 1
            terms = self.terms.get(occasion)
            return terms and replace(terms, offered=terms.offered & product_ids)

        @hookimpl
        def sale_occasions(product_ids: frozenset[int]) -> list[SaleTerms]:
            return [terms for terms in self.terms.values() if terms.offered & product_ids]

        hooks.sale_terms, hooks.sale_occasions = sale_terms, sale_occasions  # type: ignore[attr-defined]
        return hooks


@dataclass
class Stall:
    """Sells for a test: goods, an open fair, and people who order."""

    node: Node
    cast: Cast
    fair: Fair
    keys: Any = field(default_factory=count)

    def open(self, occasion: str = FAIR, cut_off: datetime | None = None, **terms: Any) -> None:
        """Hold a fair on Thursday at which everything that ever is on sale is offered."""
        now = self.node.clock.now()
        self.fair.terms[occasion] = SaleTerms(
            **{
                "occasion": occasion,
                "title": "목요 장터",
                "place": "수유 마을부엌",
                "address": "서울 강북구 수유로 1",
                "cut_off": cut_off or now + timedelta(days=2),
                "collect_from": now + timedelta(days=3, hours=7),
                "collect_until": now + timedelta(days=3, hours=9),
                "host_id": self.cast.space("hub").id,
                "activist_bp": 700,
                "centre_bp": 800,
                "offered": frozenset(range(1, 10_000)),
                "url": "/fair",
                **terms,
            }
        )

    def product(self, name: str = "감자", *, seller: str = "farm", **values: Any) -> int:
        """Put a product on sale and return its id; 10 of it at 3,000 won unless said otherwise."""
        now = self.node.clock.now()
        with self.node.db.write() as session:
            product = Product(
                **{
                    "seller_id": self.cast.space(seller).id,
                    "name": name,
                    "unit_label": "1kg",
                    "price": 3_000,
                    "stock": 10,
                    "origin": "완주",
                    "created_at": now,
                    "updated_at": now,
                    **values,
                }
            )
            session.add(product)
            session.flush()
            return product.id

    def set(self, product_id: int, **values: Any) -> None:
        """Change a product as its seller could."""
        with self.node.db.write() as session:
            for name, value in values.items():
                setattr(session.get_one(Product, product_id), name, value)

    def order(
        self, who: str, wanted: dict[int, int], occasion: str = FAIR, key: str | None = None
    ) -> Order:
        """Order as ``who``, in a transaction of its own."""
        with self.node.db.write() as session:
            return place_order(
                self.node,
                session,
                self.cast.viewer(who),
                occasion=occasion,
                items=[Item(product, quantity) for product, quantity in wanted.items()],
                key=key or f"key-{next(self.keys)}",
            )

    def stock(self, product_id: int) -> int | None:
        with self.node.db.read() as session:
            return session.get_one(Product, product_id).stock

    def orders(self) -> list[Order]:
        return self._all(select(Order).order_by(Order.id))

    def lines(self, order: Order) -> list[OrderLine]:
        return self._all(
            select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.id)
        )

    def events(self, order: Order) -> list[str]:
        """Return what happened to an order, in a word each."""
        found = self._all(
            select(OrderEvent).where(OrderEvent.order_id == order.id).order_by(OrderEvent.id)
        )
        return [event.kind for event in found]

    def _all(self, query: Any) -> list[Any]:
        with self.node.db.read() as session:
            found = list(session.scalars(query))
            session.expunge_all()
            return found

    def line(self, order: Order) -> OrderLine:
        """Return the only line of an order."""
        [line] = self.lines(order)
        return line

    def balance(self, code: str) -> int:
        with self.node.db.read() as session:
            return ledger.balance(session, code)

    def check_books(self) -> None:
        """Every won and every unit is where it belongs (the ledger sums to zero, I4, I5, I9)."""
        with self.node.db.read() as session:
            assert ledger.verify(session).ok
            assert session.scalar(select(func.coalesce(func.sum(LedgerEntry.amount), 0))) == 0
            paid = session.scalar(
                select(func.coalesce(func.sum(OrderLine.paid - OrderLine.refunded), 0))
            )
            cash = sum(
                ledger.balance(session, f"cash:{space}")
                for space in session.scalars(select(Order.host_id).distinct())
            )
            assert paid == cash
            assert not session.scalars(select(Product.id).where(Product.stock < 0)).all()


@pytest.fixture
def fair(node: Node) -> Fair:
    """An occasion held by a plugin of the test's own."""
    fair = Fair()
    node.host._manager.register(fair.module(), name="fair")
    return fair


@pytest.fixture
def stall(node: Node, cast: Cast, fair: Fair) -> Stall:
    """A stall at an open fair."""
    stall = Stall(node, cast, fair)
    stall.open()
    return stall
