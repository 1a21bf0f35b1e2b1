"""Who leaves takes back what can be taken back, and does not go while goods are on their way."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from support.rounds import Round

from wizzle.core.auth import accounts
from wizzle.core.errors import Refused
from wizzle.core.models import Job, Person
from wizzle.plugins.market import Order, Product


@pytest.fixture
def ordered(node, cast, clock) -> Round:
    """An open round in which alice ordered two of ten bags."""
    round_ = Round(node, cast, clock)
    (potatoes,) = round_.goods("감자", stock=10)
    round_.draft().offer().to("open").order("alice", {potatoes: 2})
    return round_


def leave(node, cast):
    alice = cast.person("alice").id
    with node.db.write() as session:
        accounts.leave(session, node, alice)


def seen(node, cast):
    with node.db.read() as session:
        name = session.execute(select(Person.name).where(Person.id == cast.alice_id)).scalar_one()
        return (
            session.scalars(select(Order.state)).one(),
            session.scalars(select(Product.stock)).one(),
            name,
        )


def test_an_open_order_is_withdrawn_and_its_goods_are_on_sale_again(node, cast, ordered):
    cast.alice_id = cast.person("alice").id
    leave(node, cast)
    assert seen(node, cast) == ("withdrawn", 10, "-")
    with node.db.read() as session:
        letters = [
            job.payload["to"] for job in session.scalars(select(Job).where(Job.kind == "mail"))
        ]
    assert all(not address.endswith(".invalid") for address in letters)


def test_nobody_goes_while_the_goods_are_on_their_way(node, cast, ordered):
    cast.alice_id = cast.person("alice").id
    ordered.to("closed")
    with pytest.raises(Refused, match="on its way"):
        leave(node, cast)
    assert seen(node, cast) == ("placed", 8, "앨리스")
