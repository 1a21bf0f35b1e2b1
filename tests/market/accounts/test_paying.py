"""Paying out of credit and cash, with small differences that roll over, and money back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from wizzle.core.errors import Refused
from wizzle.core.models import Job


@pytest.fixture
def order(stall):
    """Three bags of potatoes and two of rice, 17,970 won."""
    potatoes, rice = stall.product("감자", price=990), stall.product("쌀", price=7_500)
    return stall.order("alice", {potatoes: 3, rice: 2})


def test_credit_is_used_first(stall, purse, order):
    purse.give("alice", 5_000)
    asked = purse.due(order)
    assert (asked.goods, asked.credit, asked.cash) == (17_970, 5_000, 12_970)
    assert purse.hand(order, shown=12_970) == 12_970
    assert (purse.account(), purse.cash(), stall.balance("held")) == (0, 12_970, 17_970)
    assert purse.tenders(order) == {"balance": (5_000, 0), "cash": (12_970, 0)}
    assert purse.due(order) is None
    purse.check()


def test_credit_that_covers_all_leaves_nothing_to_take(stall, purse, order):
    purse.give("alice", 20_000)
    assert purse.hand(order, shown=0) == 0
    assert (purse.account(), purse.cash()) == (2_030, 0)
    assert purse.tenders(order) == {"balance": (17_970, 0)}
    assert purse.hand(order) == 0
    purse.check()


def test_too_much_and_too_little_roll_into_the_next_order(stall, purse, order):
    assert purse.hand(order, shown=17_970, cash=18_000) == 18_000
    assert purse.account() == 30
    second = stall.order("alice", {stall.product("배추", price=4_000): 1})
    assert purse.due(second).cash == 3_970
    assert purse.hand(second, cash=3_000) == 3_000
    assert purse.account() == -970
    third = stall.order("alice", {stall.product("무", price=2_000): 1})
    assert (purse.due(third).debt, purse.due(third).cash) == (970, 2_970)
    assert purse.hand(third, shown=2_970) == 2_970
    assert purse.account() == 0
    assert purse.tenders(second) == {"balance": (1_000, 0), "cash": (3_000, 0)}
    assert purse.tenders(third) == {"cash": (2_000, 0)}
    assert stall.balance("held") == 23_970 == purse.cash()
    purse.check()


@pytest.mark.parametrize("cash", [7_969, 27_971, 179_700, -1])
def test_a_slip_of_the_finger_is_refused(stall, purse, order, cash):
    with pytest.raises(Refused, match="17,970"):
        purse.hand(order, cash=cash)
    assert [each.state for each in stall.orders()] == ["placed"]
    assert purse.cash() == 0


def test_a_sum_that_is_no_longer_right_is_refused(purse, order):
    purse.give("alice", 100)
    with pytest.raises(Refused, match="has changed"):
        purse.hand(order, shown=17_970)


def test_money_goes_back_where_it_came_from(stall, purse, order):
    purse.give("alice", 5_000)
    purse.hand(order)
    potatoes, rice = stall.lines(order)
    made = purse.back(rice, 4_000, "a")
    assert (made.balance, made.transfer, made.cash) == (4_000, 0, 0)
    made = purse.back(rice, 4_000, "b")
    assert (made.balance, made.transfer, made.cash) == (1_000, 0, 3_000)
    assert (purse.account(), purse.cash()) == (5_000, 9_970)
    assert purse.tenders(order) == {"balance": (5_000, 5_000), "cash": (12_970, 3_000)}
    with pytest.raises(Refused, match="At most 2,970"):
        purse.back(potatoes, 2_971, "c")
    purse.back(potatoes, 2_970, "c")
    purse.back(rice, 7_000, "d")
    assert stall.balance("held") == purse.cash() == 0
    purse.check()


def test_what_was_given_too_little_is_forgiven_by_a_refund(stall, purse, order):
    purse.hand(order, cash=17_000)
    assert purse.account() == -970
    made = purse.back(stall.lines(order)[0], 2_970)
    assert (made.balance, made.cash) == (970, 2_000)
    assert purse.account() == 0
    purse.check()


def test_the_letter_says_which_way_the_money_goes(stall, purse, order):
    purse.give("alice", 5_000)
    purse.hand(order)
    purse.back(stall.lines(order)[1], 6_000)
    with stall.node.db.read() as session:
        payloads = session.scalars(select(Job.payload).where(Job.key.startswith("refund:"))).all()
    [letter] = payloads
    assert "6,000원" in letter["subject"]
    assert "1,000원" in letter["text"]
    assert "5,000원" in letter["text"]
    assert "수유 마을부엌" in letter["text"]


def test_a_shop_is_owed_what_it_sold_for_credit(stall, purse):
    shop = stall.cast.space("shop").id
    book = stall.product("동네 지도", seller="shop", price=8_000)
    order = stall.order("alice", {book: 1}, occasion=f"shop:{shop}")
    purse.give("alice", 3_000)
    assert purse.hand(order) == 5_000
    assert stall.balance(f"producer:{shop}") == 8_000
    assert stall.balance(f"cash:{shop}") == 5_000
    made = purse.back(stall.line(order), 4_000)
    assert (made.balance, made.cash) == (3_000, 1_000)
    assert stall.balance(f"producer:{shop}") == stall.balance(f"cash:{shop}") == 4_000
