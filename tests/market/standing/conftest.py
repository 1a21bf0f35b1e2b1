"""Standing orders at dana's hub, over as many rounds as a test needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

import pytest
from sqlalchemy import select
from support.cast import Cast
from support.rounds import Round

from wizzle.core.models import Job, Person
from wizzle.core.node import Node
from wizzle.core.outbox import run_due
from wizzle.core.testing import FixedClock
from wizzle.core.work import works
from wizzle.plugins.market import Order, OrderLine, Product, begin_standing, run_standing
from wizzle.plugins.market.orders.rules import IfShort
from wizzle.plugins.market.standing import actions
from wizzle.plugins.market.standing.models import StandingOrder, StandingRun
from wizzle.plugins.market.standing.rules import Terms

THURSDAY = date(2026, 11, 26)


@dataclass
class Hub:
    """Begins standing orders and opens rounds, one a week, collected on Thursday."""

    node: Node
    cast: Cast
    clock: FixedClock
    round: Round
    keys: Any = field(default_factory=count)

    @property
    def id(self) -> int:
        return self.cast.space("hub").id

    def begin(
        self, who: str | Person, product: int, quantity: int = 1, *, every: int = 1,
        on: date = THURSDAY, wish: str = "less", up_to: int | None = None, key: str = "",
        host: int | None = None, payment: str | None = None,
    ) -> StandingOrder:  # fmt: skip
        person = self.cast.viewer(who) if isinstance(who, str) else who
        host = host or self.id
        with self.node.db.write() as session:
            order = begin_standing(
                self.node, session, person, key=key or f"key-{next(self.keys)}",
                product_id=product, host_id=host, begins_on=on,
                terms=Terms(quantity, every, IfShort(wish, up_to), payment),
            )  # fmt: skip
            session.flush()
            session.expunge(order)
        return order

    def seed(self, person_ids: Sequence[int], product: int, **values: Any) -> None:
        """Begin many at once, as if the rounds of the hub had offered it before."""
        now, host = self.clock.now(), self.id
        with self.node.db.write() as session:
            price, unit = session.execute(
                select(Product.price, Product.unit_label).where(Product.id == product)
            ).one()
            session.add_all(
                StandingOrder(
                    **{
                        "uid": f"uid-{product}-{person}", "key": f"key-{product}-{person}",
                        "person_id": person, "host_id": host, "product_id": product,
                        "quantity": 1, "every": 1, "begins_on": THURSDAY, "price": price,
                        "unit_label": unit, "created_at": now, **values,
                    }
                )
                for person in person_ids
            )  # fmt: skip

    def people(self, number: int) -> list[int]:
        now = self.clock.now()
        with self.node.db.write() as session:
            made = [
                Person(
                    email=f"n{place}@example.com", name=f"이웃 {place:03}", password_hash="-",
                    phone="", created_at=now,
                )
                for place in range(number)
            ]  # fmt: skip
            session.add_all(made)
            session.flush()
            return [person.id for person in made]

    def open(self, **plan: Any) -> Round:
        """Open a round and do all the work that follows from it."""
        self.round.draft(**plan).offer().to("open")
        self.work()
        return self.round

    def next_week(self, **plan: Any) -> Round:
        self.clock.advance(days=7)
        return self.open(**plan)

    def work(self) -> None:
        """Do what is due but for sending mail: what was sent could not be read any more."""
        table = {kind: work for kind, work in works(self.node).items() if kind != "mail"}
        while run_due(self.node.db, self.node.clock, table):
            pass

    def again(self) -> Mapping[str, int]:
        return run_standing(self.node, self.round.occasion, again=True)

    def do(self, action: str, *args: Any, **more: Any) -> None:
        with self.node.db.write() as session:
            getattr(actions, action)(self.node, session, *args, **more)

    def set(self, product: int, **values: Any) -> None:
        with self.node.db.write() as session:
            for name, value in values.items():
                setattr(session.get_one(Product, product), name, value)

    def orders(self, occasion: str | None = None) -> list[Order]:
        query = select(Order).order_by(Order.id)
        return self._all(query.where(Order.occasion == occasion) if occasion else query)

    def lines(self, order: Order) -> dict[int, int]:
        found = self._all(select(OrderLine).where(OrderLine.order_id == order.id))
        return {line.product_id: line.quantity for line in found}

    def runs(self, occasion: str | None = None) -> list[StandingRun]:
        query = select(StandingRun).order_by(StandingRun.id)
        return self._all(query.where(StandingRun.occasion == occasion) if occasion else query)

    def mails(self, to: str) -> list[str]:
        found = self._all(select(Job).where(Job.kind == "mail").order_by(Job.id))
        letters = [job.payload for job in found if job.payload.get("to") == f"{to}@example.com"]
        return [f"{letter['subject']}\n{letter['text']}" for letter in letters]

    def _all(self, query: Any) -> list[Any]:
        with self.node.db.read() as session:
            found = list(session.scalars(query))
            session.expunge_all()
            return found


@pytest.fixture
def round_(node: Node, cast: Cast, clock: FixedClock) -> Round:
    return Round(node, cast, clock)


@pytest.fixture
def hub(node: Node, cast: Cast, clock: FixedClock, round_: Round) -> Hub:
    """The hub with a round that is open and offers eggs and a bundle of greens."""
    made = Hub(node, cast, clock, round_)
    round_.goods("달걀", price=6_000, stock=None)
    round_.goods("꾸러미", price=20_000, stock=20)
    made.open()
    return made


@pytest.fixture
def eggs(hub: Hub) -> int:
    return hub.round.products[0]


@pytest.fixture
def bundle(hub: Hub) -> int:
    return hub.round.products[1]
