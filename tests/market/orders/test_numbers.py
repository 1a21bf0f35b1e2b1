"""The market's numbers: what was ordered, fetched and sold in which week, and nobody's name."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from support.visitors import queries

from wizzle.core.periods import weeks
from wizzle.plugins.market import hand_over, mark_not_collected
from wizzle.plugins.market.orders.actions import withdraw_order

SEOUL = ZoneInfo("Asia/Seoul")


@pytest.fixture
def sold(stall, node, cast, clock):
    """Two weeks: alice fetches 6,000 won of the farm and 5,000 of the shop, gina does not come,
    charlie withdraws; a week later alice orders again."""
    potatoes = stall.product("감자", stock=None)
    book = stall.product("책", seller="shop", price=5_000, stock=None)
    first = stall.order("alice", {potatoes: 2, book: 1})
    late, gone = stall.order("gina", {potatoes: 1}), stall.order("charlie", {potatoes: 1})
    with node.db.write() as session:
        withdraw_order(node, session, cast.viewer("charlie"), gone.id)
    with node.db.write() as session:
        bob = cast.person("bob").id
        hand_over(node, session, first.id, actor_id=bob)
        mark_not_collected(node, session, late.id, actor_id=bob, reason="오지 않았어요")
    clock.advance(days=7)
    stall.open()
    stall.order("alice", {potatoes: 1})
    clock.advance(minutes=1)
    return stall


def test_each_week_has_its_own_numbers(sold, node, clock):
    periods = weeks(clock.now(), SEOUL, 3)
    with node.db.read() as session:
        found = node.host.collect("numbers", node=node, session=session, periods=periods)
    values = {each.name: tuple(each.values) for each in found}
    assert values["orders"] == (0, 2, 1)
    assert values["active"] == (0, 2, 1)
    assert values["collected"] == (0, 1, 0)
    assert values["not_collected"] == (0, 1, 0)
    assert values["turnover"] == (0, 11_000, 0)
    assert values["turnover_producers"] == (0, 6_000, 0)
    assert values["turnover_shops"] == (0, 5_000, 0)
    assert values["fund"] == (0, 0, 0)


def test_the_page_shows_them_and_names_nobody(sold, as_, node):
    page = as_("bob").get("/admin/numbers").text
    main = page[page.index("<main") : page.index("</main>")]
    assert "11,000" in main
    assert "앨리스" not in main
    with queries(node) as asked:
        as_("bob").get("/admin/numbers?by=month")
    assert len([each for each in asked if each.startswith("SELECT")]) <= 8


def test_an_order_of_long_ago_is_left_out(sold, node, clock):
    clock.advance(days=100)
    periods = weeks(clock.now() + timedelta(0), SEOUL, 13)
    with node.db.read() as session:
        found = node.host.collect("numbers", node=node, session=session, periods=periods)
    assert {sum(each.values) for each in found} == {0}
