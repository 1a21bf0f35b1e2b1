"""Many at once on one account: credit is used once, given back once, and nobody waits for ever."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from wizzle.core.errors import Refused
from wizzle.plugins.market.accounts import actions


def together(*works):
    """Do these things at the same time; return what they gave, or the sentence of the refusal."""

    def one(work):
        try:
            return work()
        except Refused as refused:
            return str(refused)

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works, timeout=60))


@pytest.fixture
def orders(stall, purse):
    """Eight orders of alice of 3,000 won each, and 10,000 won of credit."""
    potatoes = stall.product("감자", stock=None)
    purse.give("alice", 10_000)
    return [stall.order("alice", {potatoes: 1}) for _ in range(8)]


def test_the_same_credit_is_not_used_at_two_desks(stall, purse, orders):
    works = [lambda order=order: purse.hand(order) for order in orders]
    taken = together(*works)
    assert sum(taken) == 8 * 3_000 - 10_000
    assert sorted(taken) == [0, 0, 0, 2_000, 3_000, 3_000, 3_000, 3_000]
    assert purse.account() == 0
    purse.check()


def test_refunds_and_hand_overs_in_each_others_way(stall, purse, orders):
    for order in orders[:4]:
        purse.hand(order)
    works = [lambda order=order: purse.hand(order) for order in orders[4:]]
    works += [
        lambda order=order: purse.back(stall.line(order), 1_000, "same").amount
        for order in orders[:4]
        for _ in range(2)
    ]
    assert all(isinstance(each, int) for each in together(*works))
    assert all(stall.line(order).refunded == 1_000 for order in orders[:4])
    purse.check()


def test_credit_is_paid_out_or_used_but_not_both(stall, purse, orders):
    alice = stall.cast.person("alice").id
    with stall.node.db.write() as session:
        asked = actions.ask_payout(
            stall.node, session, alice, 10_000, way="cash", host_id=purse.hub
        ).id
    together(
        *[lambda: purse.act(actions.pay_out, asked)] * 3,
        *[lambda order=order: purse.hand(order) for order in orders[:3]],
    )
    assert purse.account() >= 0
    purse.check()


def test_the_same_boxes_come_back_once(stall, purse):
    bottle, milk = purse.container(), stall.product("우유")
    purse.hand(purse.order("alice", {milk: 3}, {milk: bottle}))
    works = [lambda key=key: purse.bring("alice", bottle, 2, f"key-{key:04}") for key in range(6)]
    given = together(*works)
    assert [each for each in given if isinstance(each, int)] == [1_000]
    again = together(*[lambda: purse.bring("alice", bottle, 1, "key-same")] * 6)
    assert again == [500] * 6
    assert purse.account() == 1_500
    purse.check()
