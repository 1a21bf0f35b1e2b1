"""Two windows at the bank's lists: no deposit is booked twice, and nobody waits for ever."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from wizzle.core.errors import Refused
from wizzle.plugins.market.transfers import actions


def together(*works):
    def one(work):
        try:
            return work()
        except Refused as refused:
            return str(refused)

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works, timeout=60))


def test_lists_that_overlap_at_the_same_moment(stall, purse, bank):
    rice = stall.product("쌀", price=7_500, stock=None)
    orders = [bank.order(name, rice) for name in ("alice", "gina", "charlie")]
    rows = [bank.row(order.number, 7_500) for order in orders]
    rows += [bank.row("모르는 이", 100 + each) for each in range(40)]
    contents = [
        bank.content(*rows),
        bank.content(*rows),
        bank.content(*rows[::-1]),
        bank.content(*rows[2:], *rows[:2]),
        bank.content(*rows, encoding="utf-8"),
    ]
    done = together(*[lambda content=content: bank.take(content) for content in contents])
    assert sum("taken in before" in str(each) for each in done) == 1
    assert sorted(bank.states()) == ["matched"] * 3 + ["unmatched"] * 40
    assert stall.balance("bank") == 22_500
    assert [purse.due(order).cash for order in orders] == [0, 0, 0]
    purse.check()


def test_a_list_comes_in_while_orders_are_handed_over(stall, purse, bank):
    rice = stall.product("쌀", price=7_500, stock=None)
    orders = [bank.order(name, rice) for name in ("alice", "gina", "charlie") for _ in range(3)]
    content = bank.content(*[bank.row(order.number, 7_500) for order in orders])
    works = [lambda: bank.take(content)]
    works += [lambda order=order: purse.hand(order) for order in reversed(orders)]
    taken = together(*works)[1:]
    accounts = sum(purse.account(name) for name in ("alice", "gina", "charlie"))
    assert accounts == sum(taken)  # whoever paid in cash has the transfer left
    purse.check()


def test_two_stewards_decide_on_one_deposit(stall, purse, bank):
    [deposit] = bank.deposits(bank.bring(bank.row("엄마", 7_500)))
    people = [stall.cast.person(name).id for name in ("alice", "gina")]
    done = together(
        *[
            lambda person=person: bank.decide(
                actions.give, deposit, person_id=person, order_id=None
            )
            for person in people * 3
        ]
    )
    assert done.count(None) == 1
    assert purse.account("alice") + purse.account("gina") == 7_500
    back = together(*[lambda: bank.decide(actions.take_back, deposit)] * 4)
    assert back == [None] * 4
    assert purse.account("alice") == purse.account("gina") == 0
    purse.check()
