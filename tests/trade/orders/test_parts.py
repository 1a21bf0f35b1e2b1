"""More lines than fit in one order: several orders, with the money and the books right."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from support.trading import Pair

from wizzle.core import ledger
from wizzle.core.facts import SellerClosed
from wizzle.plugins.assembly.corrections.actions import correct
from wizzle.plugins.market import deliver_less
from wizzle.plugins.trade.orders import actions
from wizzle.plugins.trade.orders.actions import Sent as Goods
from wizzle.plugins.trade.orders.actions import buying, wanting
from wizzle.plugins.trade.orders.models import TradeLine, TradeOrder
from wizzle.plugins.trade.orders.rules.parts import divided

GOODS = ("대파", "무", "배추", "감자", "양파", "당근", "오이")


class Wanted(NamedTuple):
    product_id: int
    price: int


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(1, 3)), unique=True, max_size=120))
def test_nothing_is_lost_doubled_or_torn_apart(pairs):
    wanted = [Wanted(*each) for each in sorted(pairs)]
    parts = divided(wanted, most=10, filled=8)
    assert [each for part in parts for each in part] == wanted
    assert all(len(part) <= 10 for part in parts)
    where = [{each.product_id for each in part} for part in parts]
    assert sum(map(len, where)) == len({each.product_id for each in wanted})
    if len(wanted) <= 10:
        assert len(parts) == 1


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an order be full with four lines, so that a round of seven goods is three orders."""
    monkeypatch.setattr(buying, "divided", partial(divided, most=4, filled=3))
    monkeypatch.setattr(wanting, "MOST_LINES", 4)


@pytest.fixture
def parted(pair: Pair, small: None) -> Pair:
    for number, name in enumerate(GOODS):
        pair.grow(name, price=1000 + 10 * number, stock=50)
    pair.there.person("erin")
    alice = dict.fromkeys(GOODS, 2)
    return pair.ordered({"alice": alice, "gina": {"대파": 1, "오이": 3}})


def orders(node) -> list[TradeOrder]:
    with node.db.read() as session:
        found = list(session.scalars(select(TradeOrder).order_by(TradeOrder.id)))
        session.expunge_all()
        return found


def lines(node, order_id: int) -> list[TradeLine]:
    with node.db.read() as session:
        query = select(TradeLine).where(TradeLine.order_id == order_id).order_by(TradeLine.no)
        found = list(session.scalars(query))
        session.expunge_all()
        return found


def ship_all(pair: Pair) -> None:
    for order in orders(pair.wanju):
        sent = {row.no: Goods(row.agreed) for row in lines(pair.wanju, order.id) if row.agreed}
        if sent:
            pair.do(pair.wanju, actions.ship, order.id, sent, actor_id=pair.erin)


def states(node) -> list[str]:
    return [order.state for order in orders(node)]


def equal(pair: Pair) -> int:
    """Both ledgers hold and mirror each other; return what Gangbuk owes."""
    for node in (pair.gangbuk, pair.wanju):
        with node.db.read() as session:
            assert ledger.verify(session).ok
    here, there = pair.mirrors()
    assert here == -there
    return here


def owed(pair: Pair) -> int:
    """What the round's own settlement says that the producer gets."""
    return sum(line.producer for line in pair.sold.settled_lines())


@pytest.mark.parametrize("pair", ["sqlite", "postgres"], indirect=True)
def test_a_round_goes_from_the_basket_to_the_books(parted: Pair):
    pair = parted.settle_down()
    assert states(pair.gangbuk) == states(pair.wanju) == ["accepted"] * 3
    assert [len(lines(pair.wanju, each.id)) for each in orders(pair.wanju)] == [3, 3, 1]
    assert {each.title[-4:] for each in orders(pair.gangbuk)} == {" (1)", " (2)", " (3)"}
    assert (pair.stock("대파"), pair.stock("오이"), pair.stock("무")) == (47, 45, 48)
    ship_all(pair)
    pair.settle_down()
    pair.sold.to("distributing").hand_over().settle()
    pair.settle_down()
    assert states(pair.gangbuk) == states(pair.wanju) == ["settled"] * 3
    assert equal(pair) == owed(pair) > 0
    # Taken back of the very order in which the product stands.
    line = next(each for each in pair.sold.settled_lines() if each.product_name == "오이")
    pair.do(pair.gangbuk, correct, line.line_id, 500, reason="무름", key="1",
            actor_id=pair.sold.dana)  # fmt: skip
    pair.settle_down()
    assert equal(pair) == owed(pair) - 425
    assert pair.bookings(pair.gangbuk)[-1].order_id == orders(pair.gangbuk)[-1].id


def test_closed_twice_it_is_asked_for_once(parted: Pair):
    pair, before = parted, orders(parted.gangbuk)
    fact = SellerClosed(
        occasion=pair.sold.occasion, title="again", hub_id=before[0].space_id,
        seller_id=pair.mirror, collect_on=before[0].due_on, at=pair.gangbuk.clock.now(),
    )  # fmt: skip
    pair.do(pair.gangbuk, actions.order_all, fact)
    assert len(orders(pair.gangbuk)) == 3
    pair.settle_down()
    assert len(orders(pair.wanju)) == 3


def test_one_part_that_is_cancelled_takes_its_goods_alone(parted: Pair):
    pair = parted.settle_down()
    second = orders(pair.wanju)[1]
    gone = {row.product_name for row in lines(pair.wanju, second.id)}
    pair.do(pair.wanju, actions.decline, second.id, reason="weather", actor_id=pair.erin)
    pair.settle_down()
    ship_all(pair)
    pair.settle_down()
    standing = {line.product_name for line in pair.sold.lines() if line.delivered}
    assert standing == set(GOODS) - gone
    pair.sold.to("distributing").hand_over().settle()
    pair.settle_down()
    assert states(pair.gangbuk) == ["settled", "cancelled", "settled"]
    assert equal(pair) == owed(pair) > 0


def test_what_came_short_of_one_part_is_told_of_that_one(parted: Pair):
    pair = parted.settle_down()
    ship_all(pair)
    pair.settle_down()
    pair.sold.to("received")
    line = next(each for each in pair.sold.lines() if each.product_name == "오이")
    pair.do(pair.gangbuk, deliver_less, line.line_id, 1, reason="적게 옴", actor_id=pair.sold.dana)
    pair.sold.to("distributing").hand_over().settle()
    pair.settle_down()
    assert equal(pair) == owed(pair)


def test_what_is_wanted_later_belongs_to_one_part(parted: Pair):
    pair = parted.settle_down()
    with pair.gangbuk.db.read() as session:
        found = [actions.differences(session, order) for order in orders(pair.gangbuk)]
    assert found == [[], [], []]
    line = next(each for each in pair.sold.lines() if each.product_name == "무")
    pair.do(pair.gangbuk, deliver_less, line.line_id, 0, reason="빼기", actor_id=pair.sold.dana)
    with pair.gangbuk.db.read() as session:
        found = [actions.differences(session, order) for order in orders(pair.gangbuk)]
    assert [[each.name for each in part] for part in found] == [["무"], [], []]


def test_more_than_two_hundred_lines_are_taken_by_the_other_node(pair: Pair):
    names = [f"채소 {number}" for number in range(205)]
    for name in names:
        pair.grow(name)
    pair.there.person("erin")
    wanted = {
        who: dict.fromkeys(names[first : first + 100], 1)
        for who, first in (("alice", 0), ("gina", 100), ("charlie", 200))
    }
    pair.ordered(wanted).settle_down()
    assert states(pair.wanju) == ["accepted", "accepted"]
    assert [len(lines(pair.wanju, each.id)) for each in orders(pair.wanju)] == [180, 25]
