"""A round that takes orders, and residents with full baskets: what an order over HTTP needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import delete, func, literal, select, text, update
from sqlalchemy.orm import Session

from wizzle.core.models import Space
from wizzle.core.node import Node
from wizzle.plugins.assembly.cycles import actions as cycles
from wizzle.plugins.assembly.cycles.models import Offer
from wizzle.plugins.assembly.cycles.rules import State
from wizzle.plugins.market import OrderLine, Product
from wizzle.plugins.market.orders.models import BasketLine
from wizzle.plugins.market.orders.queries import basket_of

from . import node as nodes
from .asking import get, post
from .servers import Served, ask

HOT = 1
"""The product that is in every basket."""

PLENTY = 100_000_000
_COLD = 30
"""How many baskets differ: each holds the hot product and two others."""

_HUB = 100
_CHECKOUT = "/checkout"


@dataclass
class Fair:
    """An open round of a node, whose residents have signed in and filled their baskets."""

    place: nodes.Place
    node: Node
    cycle_id: int
    people: range
    drawn: int = 0

    @property
    def occasion(self) -> str:
        return f"cycle:{self.cycle_id}"

    def fill_baskets(self) -> None:
        """Put the hot product and two others into everyone's basket."""
        now = self.node.clock.now()
        with self.node.db.write() as session:
            session.execute(delete(BasketLine))
        nodes.fill(self.node, BasketLine, (
            {"person_id": person, "occasion": self.occasion, "product_id": product,
             "quantity": 1, "added_at": now}
            for person in self.people for product in _products_of(person)
        ))  # fmt: skip

    def stock(self, units: int) -> None:
        """Set how much there is of the hot product."""
        with self.node.db.write() as session:
            session.execute(update(Product).where(Product.id == HOT).values(stock=units))

    def sold(self) -> int:
        """Return how many units of the hot product stand in orders."""
        lines = nodes.table_of(OrderLine)
        with self.node.db.read() as session:
            units = select(func.coalesce(func.sum(lines.c.quantity), 0))
            return int(session.execute(units.where(lines.c.product_id == HOT)).scalar_one())

    def owed(self) -> tuple[int, int]:
        """Return the won that stand in this round's orders: as the lines say, and as they come of
        prices and quantities."""
        lines = nodes.table_of(OrderLine).c
        here = lines.occasion == self.occasion
        with self.node.db.read() as session:
            sums = func.sum(lines.amount), func.sum(lines.price * lines.quantity)
            row = session.execute(select(*(func.coalesce(each, 0) for each in sums)).where(here))
            said, reckoned = row.one()
        return int(said), int(reckoned)

    def worth_taken(self, before: int) -> int:
        """Return the won that the units are worth which every product has less than ``before``."""
        product = nodes.table_of(Product).c
        with self.node.db.read() as session:
            taken = func.sum((before - product.stock) * product.price)
            return int(session.execute(select(func.coalesce(taken, 0))).scalar_one())

    def left(self) -> int:
        """Return what is left of the hot product."""
        with self.node.db.read() as session:
            return session.get_one(Product, HOT).stock or 0

    def orders(self, served: Served, count: int) -> list[list[bytes]]:
        """Return ``count`` visits, each one POST by which another resident orders."""
        shown = self._shown()
        passed = self._passed(served)
        return [
            [passed.order(person, shown[person % _COLD], self._key())]
            for person in self.people[:count]
        ]

    def flows(self, served: Served, count: int, *, from_round: bool = False) -> list[list[bytes]]:
        """Return ``count`` visits without a script: product, basket, checkout, confirmation.

        The baskets are to be empty of the hot product, which is put in here. ``from_round``: each
        begins with the page of the round.
        """
        shown = self._shown()
        passed = self._passed(served)
        with self.node.db.write() as session:
            session.execute(delete(BasketLine).where(BasketLine.product_id == HOT))
        first = f"/rounds/{self.cycle_id}"
        return [
            [
                *([get(first, passed.headers(person))] if from_round else []),
                *passed.flow(person, shown[person % _COLD], self._key(), self.occasion),
            ]
            for person in self.people[:count]
        ]

    def _key(self) -> str:
        self.drawn += 1
        return f"bench-key-{self.drawn:010}"

    def _shown(self) -> list[str]:
        """Return the name of what each kind of basket shows."""
        with self.node.db.read() as session:
            return [
                basket_of(self.node, session, person).shown
                for person in sorted(self.people[:_COLD], key=lambda person: person % _COLD)
            ]

    def _passed(self, served: Served) -> Pass:
        return sign(served, self.people[-1])


@dataclass(frozen=True)
class Pass:
    """What a form of the site needs: the token that a page gave, and the cookie it belongs to."""

    cookie: str
    token: str

    def headers(self, person: int) -> str:
        return f"Cookie: wizzle_sign_in={nodes.token_of(person)}; {self.cookie}\r\n"

    def order(self, person: int, shown: str, key: str) -> bytes:
        form = {"idempotency_key": key, "shown": shown, "payment": "at_collection"}
        return self._post(_CHECKOUT, form, person)

    def flow(self, person: int, shown: str, key: str, occasion: str) -> Iterator[bytes]:
        headers = self.headers(person)
        yield get(f"/market/{HOT}", headers)
        wish = {"product_id": str(HOT), "occasion": occasion, "quantity": "1"}
        yield self._post("/basket/add", wish, person)
        yield get(_CHECKOUT, headers)
        yield self.order(person, shown, key)

    def _post(self, path: str, form: dict[str, str], person: int) -> bytes:
        body = urlencode({"csrf_token": self.token, **form}).encode()
        return post(path, body, self.headers(person))


def sign(served: Served, person: int) -> Pass:
    """Look at the checkout as a resident does and take the token of its form."""
    cookie = f"Cookie: wizzle_sign_in={nodes.token_of(person)}\r\n"
    page = ask(served.port, _CHECKOUT, cookie).decode()
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    given = re.search(r"(?mi)^set-cookie: (wizzle=[^;]+)", page)
    if token is None or given is None:
        raise RuntimeError(f"the checkout gave no token:\n{page[:1_000]}")
    return Pass(given[1], token[1])


def open_fair(
    home: Path, url: str | None, *, people: int, products: int, offers: int | None = None
) -> Fair:
    """Make a node with an open round that offers all of its products, or the first ``offers``."""
    home.mkdir()
    place, node = nodes.make(home, url)
    nodes.add_products(node, products, nodes.add_sellers(node, 30), stock=PLENTY)
    residents = nodes.add_people(node, people)
    cycle_id = _open_round(node, offers or products)
    fair = Fair(place, node, cycle_id, residents)
    fair.fill_baskets()
    analyse(node)
    return fair


def analyse(node: Node) -> None:
    """Let PostgreSQL look at its tables now, as it would by itself within a minute."""
    if not node.db.is_sqlite:
        with node.db.write() as session:
            session.execute(text("ANALYZE"))


def _open_round(node: Node, offers: int) -> int:
    now = node.clock.now()
    nodes.fill(node, Space, [
        {"id": _HUB, "kind": "hub", "slug": "hub", "name": "수유 마을부엌", "created_at": now,
         "address": "서울 강북구 수유로 1"}
    ])  # fmt: skip
    plan = cycles.Plan(
        title="이번 회차", opens_at=now - timedelta(hours=1), cut_off=now + timedelta(days=1),
        collect_from=now + timedelta(days=2), collect_until=now + timedelta(days=2, hours=2),
    )  # fmt: skip
    with node.db.write() as session:
        cycle = cycles.draft_cycle(node, session, _HUB, plan, actor_id=None)
        _offer(session, cycle.id, offers)
        cycles.advance(node, session, cycle.id, State.OPEN, actor_id=None)
    return cycle.id


def _offer(session: Session, cycle_id: int, most: int) -> None:
    offers, products = nodes.table_of(Offer), nodes.table_of(Product)
    source = select(literal(cycle_id), products.c.id, products.c.seller_id)
    source = source.where(products.c.id <= most)
    names = ["cycle_id", "product_id", "seller_id"]
    session.execute(offers.insert().from_select(names, source))


def _products_of(person: int) -> Sequence[int]:
    return (HOT, 2 + person % _COLD, 2 + _COLD + person % _COLD)
