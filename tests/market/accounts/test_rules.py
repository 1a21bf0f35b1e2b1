"""What is asked, out of what it is paid, and what goes back first: for any sums at all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wizzle.plugins.market.accounts.rules import (
    BALANCE,
    CASH,
    TRANSFER,
    Lot,
    due,
    going_back,
    oldest,
    still_out,
    tenders,
)

won = st.integers(0, 10**9)


@given(won, won, st.integers(-(10**9), 10**9), won)
def test_nobody_pays_twice_and_nothing_is_lost(goods, deposits, account, reserved):
    asked = due(goods, deposits, account, reserved=reserved)
    assert asked.cash >= 0
    assert asked.cash + asked.credit == goods + deposits + asked.debt
    assert not (asked.credit and asked.debt)
    assert asked.credit <= max(0, account - reserved)
    left = account + asked.cash - asked.total
    assert left >= 0 if asked.debt else left >= min(account, reserved)


@given(won, won, st.integers(-(10**9), 10**9), won, won)
def test_tenders_make_the_goods(goods, deposits, account, transferred, cash):
    parts = tenders(due(goods, deposits, account, transferred=transferred), cash)
    assert sum(parts.values()) == goods
    assert all(amount > 0 for amount in parts.values())
    assert parts.get(CASH, 0) <= cash or not parts.get(CASH)
    assert parts.get(TRANSFER, 0) <= transferred


@given(st.dictionaries(st.sampled_from([CASH, TRANSFER, BALANCE]), won), st.data())
def test_what_goes_back_comes_from_where_it_was(left, data):
    amount = data.draw(st.integers(0, sum(left.values())))
    parts = going_back(left, amount)
    assert sum(parts.values()) == amount
    assert all(0 <= part <= left.get(kind, 0) for kind, part in parts.items())
    if parts[CASH]:
        assert parts[BALANCE] == left.get(BALANCE, 0)
        assert parts[TRANSFER] == left.get(TRANSFER, 0)


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 900)), max_size=8), st.data())
def test_the_oldest_containers_go_back_first(taken, data):
    moves, each = list(taken), [price for number, price in taken for _ in range(number)]
    while each and data.draw(st.booleans()):
        number = data.draw(st.integers(1, len(each)))
        lots = oldest(still_out(moves), number)
        assert [lot.deposit for lot in lots for _ in range(lot.number)] == each[:number]
        moves += [(-lot.number, lot.deposit) for lot in lots]
        each = each[number:]
    out = still_out(moves)
    assert sum(lot.amount for lot in out) == sum(each) == sum(n * price for n, price in moves)


def test_containers_at_two_prices():
    assert still_out([(2, 300), (3, 500), (-1, 300)]) == [Lot(1, 300), Lot(3, 500)]
    assert oldest([Lot(1, 300), Lot(3, 500)], 2) == [Lot(1, 300), Lot(1, 500)]
