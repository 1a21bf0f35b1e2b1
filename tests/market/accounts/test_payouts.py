"""Having credit paid out: it moves when the money was given, and never twice."""

from __future__ import annotations

import pytest
from support.telling import told

from wizzle.core.errors import Refused
from wizzle.core.facts import PersonLeft
from wizzle.plugins.market.accounts import actions, queries


@pytest.fixture
def alice(stall, purse):
    person = stall.cast.person("alice").id
    purse.give("alice", 5_000)
    return person


def ask(purse, person, amount=5_000, **how):
    how = how or {"way": "cash", "host_id": purse.hub}
    with purse.node.db.write() as session:
        return actions.ask_payout(purse.node, session, person, amount, **how).id


def test_in_cash_at_the_hub(stall, purse, alice):
    asked = ask(purse, alice)
    assert (purse.account(), purse.cash()) == (5_000, 0)
    for _ in range(2):
        purse.act(actions.pay_out, asked)
    assert (purse.account(), purse.cash()) == (0, -5_000)
    with pytest.raises(Refused, match="paid out already"):
        purse.act(actions.cancel_payout, asked, reason="잘못")
    purse.check()


def test_by_transfer_the_bank_account_is_forgotten(stall, purse, alice):
    asked = ask(purse, alice, 2_000, way="transfer", bank_account="농협 1-2 앨리스")
    with stall.node.db.read() as session:
        [row] = queries.payouts(session)
        assert (row.bank_account, row.host_name) == ("농협 1-2 앨리스", None)
        assert queries.payouts(session, host_ids=[purse.hub]) == []
    purse.act(actions.pay_out, asked)
    with stall.node.db.read() as session:
        [row] = queries.payouts(session, state="paid")
        assert row.bank_account == ""
    assert (purse.account(), stall.balance("bank")) == (3_000, 3_000)


@pytest.mark.parametrize("amount", [0, -1, 5_001, 10**15])
def test_nobody_gets_more_than_they_have(purse, alice, amount):
    with pytest.raises(Refused, match="At most 5,000"):
        ask(purse, alice, amount)


@pytest.mark.parametrize(
    "how", [{"way": "transfer"}, {"way": "cash"}, {"way": "cash", "host_id": 999}]
)
def test_the_way_has_to_be_said(purse, alice, how):
    with pytest.raises(Refused, match="Please"):
        ask(purse, alice, **how)


def test_one_wish_at_a_time_which_can_be_taken_back(purse, alice):
    asked = ask(purse, alice, 1_000)
    with pytest.raises(Refused, match="already"):
        ask(purse, alice, 1_000)
    with pytest.raises(Refused, match="say why"):
        purse.act(actions.cancel_payout, asked)
    with purse.node.db.write() as session:
        actions.cancel_payout(purse.node, session, asked, actor_id=alice)
    with pytest.raises(Refused, match="taken back"):
        purse.act(actions.pay_out, asked)
    assert ask(purse, alice, 1_000) != asked


def test_credit_that_was_used_meanwhile_is_not_paid_out(stall, purse, alice):
    asked = ask(purse, alice)
    purse.hand(stall.order("alice", {stall.product(price=1_000): 1}))
    with pytest.raises(Refused, match="Only 4,000"):
        purse.act(actions.pay_out, asked)
    assert purse.account() == 4_000


def test_the_resident_is_told(stall, purse, alice):
    declined = ask(purse, alice, 1_000)
    purse.act(actions.cancel_payout, declined, reason="오늘은 현금이 모자라요")
    purse.act(actions.pay_out, ask(purse, alice, 2_000))
    first, second = (
        row for row in told(stall.node, "alice@example.com") if row.key.startswith("payout:")
    )
    assert "오늘은 현금이 모자라요" in first.text
    assert "2,000원을 드렸어요" in second.title
    assert (first.url, second.url) == ("/me/balance", "/me/balance")


def test_a_wish_that_is_used_up_does_not_outlive_its_person(stall, purse, alice):
    asked = ask(purse, alice, way="transfer", bank_account="농협 1-2 앨리스")
    purse.hand(stall.order("alice", {stall.product(price=5_000): 1}))
    person = stall.cast.person("alice")
    fact = PersonLeft(person.id, person.name, person.email, "ko")
    with stall.node.db.write() as session:
        stall.node.hooks.person_left(node=stall.node, session=session, fact=fact)
    with stall.node.db.read() as session:
        [row] = queries.payouts(session, state="cancelled")
    assert (row.id, row.bank_account) == (asked, "")


def test_all_that_is_outstanding(stall, purse, alice):
    purse.give("gina", 300)
    purse.give("charlie", -40)
    with stall.node.db.read() as session:
        total = queries.outstanding(session)
        rows = queries.owing(session)
    assert (total.credit, total.people, total.debt, total.debtors) == (5_300, 2, 40, 1)
    assert sorted(row.won for row in rows) == [-40, 300, 5_000]


def test_nobody_leaves_with_money_or_boxes_between_us(stall, purse, alice):
    def leave(name):
        person = stall.cast.person(name)
        fact = PersonLeft(person.id, person.name, person.email, "ko")
        with stall.node.db.write() as session:
            stall.node.hooks.person_left(node=stall.node, session=session, fact=fact)

    with pytest.raises(Refused, match="5,000 won left"):
        leave("alice")
    purse.give("gina", -200)
    with pytest.raises(Refused, match="200 won are still to be paid"):
        leave("gina")
    bottle, milk = purse.container(), stall.product("우유")
    purse.hand(purse.order("charlie", {milk: 1}, {milk: bottle}))
    with pytest.raises(Refused, match="우유병 × 1"):
        leave("charlie")
    purse.bring("charlie", bottle, 1, "key-0001", way="cash")
    leave("charlie")
