"""A round on the day of collection, and the phones of those who serve it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from support.arrivals import Arrival
from support.cast import Cast
from support.hubdays import Handset
from support.rounds import Round

from wizzle.core import ledger, members
from wizzle.core.node import Node
from wizzle.core.testing import FixedClock
from wizzle.plugins.assembly.cycles.models import Point
from wizzle.plugins.market import Order, add_container
from wizzle.plugins.market.accounts.actions import take_along


@pytest.fixture
def arrival(node: Node, cast: Cast, clock: FixedClock) -> Arrival:
    """A round with two orders, being handed out: alice's with potatoes and meat, gina's."""
    made = Round(node, cast, clock)
    made.goods("감자", price=1_000)
    made.goods("앞다리살", price=10_000, sold_by="weight", expected_g=600, stock=10)
    made.draft().offer().to("open")
    potato, meat = made.products
    made.order("alice", {potato: 2, meat: 1})
    made.order("gina", {potato: 1})
    made.to("distributing")
    return Arrival(made)


@pytest.fixture
def orders(arrival: Arrival) -> list[Order]:
    """The orders of alice and gina."""
    return arrival.round.orders()


@pytest.fixture
def dana(arrival: Arrival, as_: Callable[[str], FlaskClient]) -> Handset:
    """The phone of the hub's activist."""
    return Handset(arrival.round, as_("dana"))


@pytest.fixture
def frank(arrival: Arrival, as_: Callable[[str], FlaskClient]) -> Handset:
    """The phone of a second activist of the same hub."""
    cast, node = arrival.round.cast, arrival.node
    person, hub = cast.person("frank"), cast.space("hub")
    with node.db.write() as session:
        members.grant(session, person.id, "activist", hub.id, at=node.clock.now())
    return Handset(arrival.round, as_("frank"), "frank")


@pytest.fixture
def elsewhere(arrival: Arrival, orders: list[Order]) -> int:
    """Another hub, charlie's, where gina's order is collected."""
    hub, row = arrival.round.other_hub("charlie"), arrival.round.row()
    with arrival.node.db.write() as session:
        session.add(
            Point(
                cycle_id=row.id, hub_id=hub, place="other", address="",
                collect_from=row.collect_from,
                collect_until=row.collect_until + timedelta(hours=1),
            )
        )  # fmt: skip
        session.get_one(Order, orders[1].id).host_id = hub
    return hub


@pytest.fixture
def new_box(arrival: Arrival, orders: list[Order]) -> int:
    """Boxes at 500 won of which gina has three at home; the hub took 1,500 won for them."""
    node, dana = arrival.node, arrival.dana
    with node.db.write() as session:
        box = add_container(node, session, name="상자", deposit=500, actor_id=dana)
        take_along(
            session, [(box.id, 3, 500)], person_id=orders[1].person_id,
            host_id=orders[1].host_id, order_id=orders[1].id, key="given", at=node.clock.now(),
            actor_id=dana,
        )  # fmt: skip
        entries = ((ledger.account("cash", orders[1].host_id), 1_500), ("deposit", -1_500))
        ledger.post(session, [ledger.Draft("given", "order:1", "상자", entries)], node.clock.now())
    return box.id
