"""Deposits out of a bank's list: booked once, for the one order that fits, or looked at."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from support.telling import told

from wizzle.core import ledger
from wizzle.core.errors import Refused
from wizzle.core.models import Job
from wizzle.plugins.market.transfers import actions


@pytest.fixture
def rice(stall):
    return stall.product("쌀", price=7_500)


def number_of(order):
    return order.number


def test_a_deposit_pays_for_its_order(stall, purse, bank, rice):
    order = bank.order("alice", rice)
    file = bank.bring(bank.row("앨리스", 7_500), bank.row("월세", 300_000))
    assert bank.states(file) == ["matched", "unmatched"]
    assert (purse.account(), stall.balance("bank")) == (7_500, 7_500)
    asked = purse.due(order)
    assert (asked.credit, asked.transferred, asked.cash) == (7_500, 7_500, 0)
    assert stall.events(order) == ["placed", "transferred"]
    assert purse.hand(order, shown=0) == 0
    assert purse.tenders(order) == {"transfer": (7_500, 0)}
    made = purse.back(stall.line(order), 2_000)
    assert (made.transfer, made.cash, purse.account()) == (2_000, 0, 2_000)
    purse.check()


def test_the_same_list_and_one_that_overlaps_bring_nothing_twice(stall, purse, bank, rice):
    bank.order("alice", rice)
    rows = [bank.row("앨리스", 7_500), bank.row("지나", 5_000), bank.row("지나", 5_000)]
    content = bank.content(*rows[:2])
    first = bank.take(content)
    with pytest.raises(Refused, match="taken in before"):
        bank.take(content)
    second = bank.bring(*rows, bank.row("다나", 1_000, at="2026.11.21 08:00:00"))
    assert bank.rest(second) == [(2, "seen"), (3, "seen")]
    assert [each.line for each in bank.deposits(second)] == [4, 5]
    third = bank.bring(*rows, encoding="utf-8")
    assert [outcome for _, outcome in bank.rest(third)] == ["seen"] * 3
    assert bank.deposits(third) == []
    assert bank.states(first) == ["matched", "unmatched"]
    assert stall.balance("bank") == 7_500
    purse.check()


def test_one_order_is_not_paid_by_two_deposits_unless_it_is_named(stall, purse, bank, rice):
    order = bank.order("alice", rice)
    file = bank.bring(
        bank.row("앨리스", 7_500),
        bank.row("앨리스", 7_500, at="2026.11.20 15:00:00"),
        bank.row(f"앨리스{order.number[-5:]}", 100, at="2026.11.20 16:00:00"),
    )
    assert bank.states(file) == ["matched", "unmatched", "matched"]
    assert purse.account() == 7_600
    assert purse.hand(order) == 0
    assert purse.account() == 100


def test_too_little_is_asked_at_collection(purse, bank, rice):
    order = bank.order("alice", rice)
    bank.bring(bank.row(order.number, 7_000))
    assert purse.due(order).cash == 500
    assert purse.hand(order) == 500
    assert purse.tenders(order) == {"transfer": (7_000, 0), "cash": (500, 0)}
    purse.check()


def test_what_was_transferred_for_one_order_is_not_used_for_another(stall, purse, bank, rice):
    order = bank.order("alice", rice)
    bank.bring(bank.row("앨리스", 7_500))
    other = stall.order("alice", {stall.product("무", price=2_000): 1})
    assert (purse.due(other).cash, purse.due(order).cash) == (2_000, 0)
    assert purse.hand(other) == 2_000
    assert purse.hand(order) == 0
    purse.check()


def test_an_order_that_is_paid_already_leaves_credit(stall, purse, bank, rice):
    order = bank.order("alice", rice)
    purse.hand(order)
    file = bank.bring(bank.row(order.number, 7_500))
    assert bank.states(file) == ["matched"]
    assert purse.account() == 7_500
    [deposit] = bank.deposits(file)
    bank.decide(actions.take_back, deposit)
    assert (purse.account(), stall.balance("bank")) == (0, 0)
    purse.check()


def test_a_withdrawn_order_leaves_its_transfer_as_credit(stall, purse, bank, rice):
    from wizzle.plugins.market import withdraw_order

    order = bank.order("alice", rice)
    bank.bring(bank.row("앨리스", 7_500))
    with stall.node.db.write() as session:
        withdraw_order(stall.node, session, stall.cast.viewer("alice"), order.id)
    other = stall.order("alice", {stall.product("무", price=2_000): 1})
    assert purse.due(other).cash == 0
    with stall.node.db.read() as session:
        [letter] = session.scalars(select(Job.payload).where(Job.key.contains(":withdrawn:")))
    assert "이체하신 7,500원은 잔액에" in letter["text"]
    purse.check()


def test_by_hand_and_back_and_by_hand_again(stall, purse, bank, rice):
    order = bank.order("alice", rice)
    gina = stall.cast.person("gina").id
    file = bank.bring(bank.row("엄마", 7_500))
    [deposit] = bank.deposits(file)
    assert deposit.state == "unmatched"
    bank.decide(actions.give, deposit, person_id=gina, order_id=None)
    assert (purse.account("gina"), purse.account()) == (7_500, 0)
    with pytest.raises(Refused, match="already"):
        bank.decide(actions.give, deposit, person_id=gina, order_id=None)
    for _ in range(2):
        bank.decide(actions.take_back, deposit)
    assert purse.account("gina") == 0
    bank.decide(actions.give, deposit, person_id=order.person_id, order_id=order.id)
    assert purse.due(order).cash == 0
    bank.decide(actions.take_back, deposit)
    assert (purse.due(order).cash, purse.due(order).transferred) == (7_500, 0)
    bank.decide(actions.leave_aside, deposit)
    assert bank.states() == ["left"]
    bank.decide(actions.take_back, deposit)
    assert bank.states() == ["unmatched"]
    assert stall.balance("bank") == 0
    assert stall.events(order) == ["placed", "transferred", "untransferred"]
    purse.check()


def test_a_wrong_match_that_was_used_leaves_a_debt(stall, purse, bank, rice):
    order = bank.order("alice", rice)
    [deposit] = bank.deposits(bank.bring(bank.row("앨리스", 7_500)))
    purse.hand(order)
    bank.decide(actions.take_back, deposit)
    assert purse.account() == -7_500
    with stall.node.db.read() as session:
        assert ledger.verify(session).ok
    titles = [
        row.title
        for row in told(stall.node, "alice@example.com")
        if row.key.startswith("transfer:")
    ]
    assert ["7,500원" in each for each in titles] == [True, True]
    purse.check()


def test_deposits_for_containers_and_debts_are_in_the_sum(stall, purse, bank, rice):
    order = bank.order("alice", rice)
    purse.give("alice", -300)
    assert purse.due(order).cash == 7_800
    file = bank.bring(bank.row("앨리스", 7_500), bank.row("앨리스", 7_800))
    assert bank.states(file) == ["unmatched", "matched"]
    assert purse.due(order).cash == 0
    assert purse.hand(order) == 0
    assert purse.account() == 0
    purse.check()
