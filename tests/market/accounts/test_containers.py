"""Boxes and bottles: charged at hand-over, given back at the price at which they were taken."""

from __future__ import annotations

import pytest

from wizzle.core.errors import Invalid, NotFound, Refused
from wizzle.plugins.market import containers
from wizzle.plugins.market.accounts import actions


@pytest.fixture
def bottle(purse):
    return purse.container("우유병", 500)


def test_the_deposit_is_taken_and_given_back(stall, purse, bottle):
    milk = stall.product("우유", price=3_000)
    order = purse.order("alice", {milk: 2}, {milk: bottle})
    asked = purse.due(order)
    assert (asked.goods, asked.deposits, asked.cash) == (6_000, 1_000, 7_000)
    assert purse.hand(order, shown=7_000) == 7_000
    assert (stall.balance("deposit"), stall.balance("held")) == (1_000, 6_000)
    assert purse.tenders(order) == {"cash": (6_000, 0)}
    assert purse.held() == [("우유병", 2, 1_000)]
    assert purse.bring("alice", bottle, 1, "key-0001") == 500
    assert purse.bring("alice", bottle, 1, "key-0001") == 500
    assert (purse.account(), stall.balance("deposit")) == (500, 500)
    assert purse.bring("alice", bottle, 1, "key-0002", way="cash") == 500
    assert (purse.cash(), stall.balance("deposit"), purse.held()) == (6_500, 0, [])
    purse.check()


def test_the_oldest_goes_back_first_at_its_own_price(stall, purse, bottle):
    milk = stall.product("우유", price=3_000)
    purse.hand(purse.order("alice", {milk: 2}, {milk: bottle}))
    purse.act(actions.change_container, bottle, name="큰 병", deposit=800)
    purse.hand(purse.order("alice", {milk: 1}, {milk: bottle}))
    assert purse.held() == [("큰 병", 3, 1_800)]
    assert purse.bring("alice", bottle, 2, "key-0001") == 1_000
    assert purse.bring("alice", bottle, 1, "key-0002") == 800
    purse.check()


def test_nobody_brings_back_more_than_they_took(stall, purse, bottle):
    milk = stall.product("우유")
    purse.hand(purse.order("alice", {milk: 2}, {milk: bottle}))
    for number in (3, 0, -1, 10**9):
        with pytest.raises(Refused, match="At most 2"):
            purse.bring("alice", bottle, number, f"key-{number}-0000")
    with pytest.raises(Refused, match="None of these"):
        purse.bring("gina", bottle, 1, "key-gina")


def test_what_did_not_come_costs_no_deposit(stall, purse, bottle):
    from wizzle.plugins.market import deliver_less

    milk = stall.product("우유", price=3_000)
    order = purse.order("alice", {milk: 3}, {milk: bottle})
    purse.act(deliver_less, stall.line(order).id, 1, reason="소가 아파요")
    assert purse.hand(order) == 3_500
    assert purse.held() == [("우유병", 1, 500)]


def test_a_retired_container_goes_out_no_more_but_comes_back(stall, purse, bottle):
    milk = stall.product("우유", price=3_000)
    purse.hand(purse.order("alice", {milk: 1}, {milk: bottle}))
    purse.act(actions.retire_container, bottle)
    purse.act(actions.retire_container, bottle)
    with stall.node.db.read() as session:
        assert containers(session) == []
    assert purse.hand(purse.order("alice", {milk: 1}, {milk: bottle})) == 3_000
    assert purse.bring("alice", bottle, 1, "key-0001") == 500
    purse.check()


def test_two_containers_of_one_name_are_refused(stall, purse, bottle):
    with pytest.raises(Invalid):
        purse.container("우유병", 300)
    other = purse.container("달걀판", 300)
    with pytest.raises(Invalid):
        purse.act(actions.change_container, other, name="우유병", deposit=300)
    with pytest.raises(NotFound):
        purse.act(actions.retire_container, 999)
    with stall.node.db.read() as session:
        assert [(each.name, each.deposit) for each in containers(session)] == [
            ("달걀판", 300), ("우유병", 500),
        ]  # fmt: skip


def test_a_key_gives_back_to_one_person_only(stall, purse, bottle):
    milk = stall.product("우유", price=3_000)
    for name in ("alice", "gina"):
        purse.hand(purse.order(name, {milk: 2}, {milk: bottle}))
    assert purse.bring("alice", bottle, 2, "key-0001") == 1_000
    assert purse.bring("gina", bottle, 1, "key-0001") == 500
    assert (purse.account("alice"), purse.account("gina")) == (1_000, 500)
    purse.check()


def test_a_deposit_that_changes_at_the_counter_is_refused(stall, purse, bottle, monkeypatch):
    from wizzle.plugins.market.orders.actions import hand

    milk = stall.product("우유", price=3_000)
    order = purse.order("alice", {milk: 2}, {milk: bottle})
    monkeypatch.setattr(hand, "containers_of_orders", lambda session, ids: [])  # just retired
    with pytest.raises(Refused, match="has changed"):
        purse.hand(order)
    purse.check()


def test_an_activist_lists_only_who_took_containers_at_their_hub(stall, purse, bottle, as_):
    from wizzle.core import members

    milk = stall.product("우유", price=3_000)
    purse.hand(purse.order("alice", {milk: 2}, {milk: bottle}))
    charlie, now = stall.cast.person("charlie").id, stall.node.clock.now()
    with stall.node.db.write() as session:
        other = members.make_space(session, kind="hub", name="other", at=now)
        members.grant(session, charlie, "activist", other.id, at=now)
    for path in ("/market/containers/people", "/market/containers/people.csv"):
        assert "앨리스" in as_("bob").get(path).get_data(as_text=True)
        assert "앨리스" in as_("dana").get(path).get_data(as_text=True)
        assert "앨리스" not in as_("charlie").get(path).get_data(as_text=True)
    found = as_("charlie").get("/market/containers/people?q=앨리스").get_data(as_text=True)
    assert "앨리스" in found.replace('value="앨리스"', "")  # who stands there with bottles is found
