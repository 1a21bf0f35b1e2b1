"""Whoever leaves: nothing unpaid goes with them, and no won is booked onto an account of nobody."""

from __future__ import annotations

import pytest

from wizzle.core.auth import accounts
from wizzle.core.errors import Refused
from wizzle.plugins.market.transfers.actions import give
from wizzle.plugins.market.transfers.models import BankFile, Deposit


@pytest.fixture
def order(stall):
    return stall.order("alice", {stall.product("쌀", price=7_500): 2})


@pytest.fixture
def leave(stall):
    def go(name="alice"):
        with stall.node.db.write() as session:
            accounts.leave(session, stall.node, stall.cast.person(name).id)

    return go


@pytest.fixture
def deposit(stall):
    """A deposit of 15,000 won that nobody has decided upon."""
    now = stall.node.clock.now()
    with stall.node.db.write() as session:
        file = BankFile(name="x.csv", digest="d", rows=1, rest=[], actor_id=None, at=now)
        session.add(file)
        session.flush()
        made = Deposit(
            file_id=file.id, line=2, mark="m", at=now, depositor="앨리스", memo="", amount=15_000,
            state="unmatched", why="", named={}, version=1,
        )  # fmt: skip
        session.add(made)
        session.flush()
        return made.id


def test_nobody_leaves_with_goods_that_are_not_paid(stall, purse, order, leave):
    purse.hand(order, paid=False)
    with pytest.raises(Refused, match="not paid yet"):
        leave()
    assert purse.hand(order) == 15_000
    leave()
    purse.check()


def test_nothing_is_given_back_onto_the_account_of_somebody_who_left(stall, purse, order, leave):
    purse.give("alice", 5_000)
    purse.hand(order)
    leave()
    with pytest.raises(Refused, match="has left"):
        purse.back(stall.line(order), 1_000)
    assert (purse.account(), stall.line(order).refunded) == (0, 0)
    purse.check()


def test_cash_is_still_given_back_in_cash(stall, purse, order, leave):
    purse.hand(order)
    leave()
    assert purse.back(stall.line(order), 1_000).cash == 1_000
    purse.check()


def test_a_deposit_is_not_given_to_somebody_who_left(stall, purse, order, leave, deposit):
    purse.hand(order)
    leave()
    with pytest.raises(Refused, match="has left"):
        purse.act(give, deposit, person_id=order.person_id, order_id=order.id)
    assert purse.account() == 0
