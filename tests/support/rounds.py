"""A hub with a round, and goods to offer in it, set up as a test needs them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select

from wizzle.core import members
from wizzle.core.models import Person
from wizzle.core.node import Node
from wizzle.core.testing import FixedClock
from wizzle.plugins.assembly.cycles import actions
from wizzle.plugins.assembly.cycles.models import Cycle
from wizzle.plugins.assembly.cycles.rules import STEPS, State, occasion
from wizzle.plugins.market import Item, Order, Product, place_order

from .cast import Cast


@dataclass
class Round:
    """One round of dana's hub."""

    node: Node
    cast: Cast
    clock: FixedClock
    id: int = 0
    products: list[int] = field(default_factory=list)

    @property
    def occasion(self) -> str:
        return occasion(self.id)

    def plan(self, **changes: object) -> actions.Plan:
        now = self.node.clock.now()
        times = {
            "title": "이번 회차",
            "opens_at": now,
            "cut_off": now + timedelta(days=2),
            "collect_from": now + timedelta(days=3),
            "collect_until": now + timedelta(days=3, hours=4),
        }
        return actions.Plan(**{**times, **changes})  # type: ignore[arg-type]

    def draft(self, **changes: object) -> Round:
        with self.node.db.write() as session:
            made = actions.draft_cycle(
                self.node,
                session,
                self.cast.space("hub").id,
                self.plan(**changes),
                actor_id=self.cast.person("dana").id,
            )
        self.id = made.id
        return self

    def other_hub(self, host: str) -> int:
        """Make another hub, hosted by this person."""
        now, person = self.clock.now(), self.cast.person(host)
        with self.node.db.write() as session:
            hub = members.make_space(session, kind="hub", name="other", at=now)
            members.grant(session, person.id, "activist", hub.id, at=now)
            return hub.id

    def goods(
        self, *names: str, farm: str = "farm", price: int = 1000, **more: object
    ) -> list[int]:
        seller = self.cast.space(farm).id
        now = self.node.clock.now()
        made = [
            Product(
                seller_id=seller, name=name, category="채소", unit_label="한 봉", price=price,
                origin="전북 완주", created_at=now, updated_at=now, **more,
            )
            for name in names
        ]  # fmt: skip
        with self.node.db.write() as session:
            session.add_all(made)
        self.products += [product.id for product in made]
        return [product.id for product in made]

    def offer(self, *farms: str) -> Round:
        sellers = [self.cast.space(farm).id for farm in farms or ("farm",)]
        with self.node.db.write() as session:
            actions.choose_producers(
                self.node, session, self.id, sellers, actor_id=self.cast.person("dana").id
            )
        return self

    def to(self, state: State | str) -> Round:
        """Take all steps up to ``state``; past the opening the clock moves on as it would."""
        dana = self.cast.person("dana").id
        while self.state is not State(state):
            step = STEPS[self.state]
            if step.after is State.CLOSED:
                self.clock.set(self.row().cut_off)
            if step.after is State.DISTRIBUTING:
                self.clock.set(self.row().collect_from)
            with self.node.db.write() as session:
                actions.advance(self.node, session, self.id, step.after, actor_id=dana)
        return self

    def row(self) -> Cycle:
        with self.node.db.read() as session:
            found = session.get_one(Cycle, self.id)
            session.expunge(found)
            return found

    @property
    def state(self) -> State:
        return State(self.row().state)

    def order(self, name: str, wanted: dict[int, int], key: str = "") -> Order:
        with self.node.db.write() as session:
            return place_order(
                self.node,
                session,
                self.cast.viewer(name),
                occasion=self.occasion,
                items=[Item(product, quantity) for product, quantity in wanted.items()],
                key=key or f"{name}-{len(wanted)}",
            )

    def crowd(self, number: int) -> list[int]:
        """Let so many neighbours order one of the round's goods each; return their orders."""
        now = self.clock.now()
        with self.node.db.write() as session:
            people = [
                Person(
                    email=f"n{place}@example.com", name=f"이웃 {place:03}", password_hash="-",
                    phone=f"010-{place:04}-{7000 + place}", created_at=now,
                )
                for place in range(number)
            ]  # fmt: skip
            session.add_all(people)
        made = []
        with self.node.db.write() as session:
            for place, person in enumerate(people):
                product = self.products[place % len(self.products)]
                order = place_order(
                    self.node, session, person, occasion=self.occasion,
                    items=[Item(product, 1 + place % 3)], key="crowd",
                )  # fmt: skip
                made.append(order.id)
        return made

    def orders(self) -> list[Order]:
        with self.node.db.read() as session:
            found = list(session.scalars(select(Order).order_by(Order.id)))
            session.expunge_all()
            return found
