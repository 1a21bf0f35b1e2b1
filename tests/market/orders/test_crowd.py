"""Many at once: nothing is sold twice, nobody waits for ever, a repeated click orders once."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select, text, update

from wizzle.core.again import in_transaction
from wizzle.core.errors import Refused
from wizzle.plugins.market import (
    Item,
    Order,
    OrderLine,
    Product,
    add_to_basket,
    change_order,
    hand_over,
    place_order,
    withdraw_order,
)
from wizzle.plugins.market.orders.actions import check_out
from wizzle.plugins.market.orders.queries import basket_of

BOUND = 60.0
"""Seconds that a crowd may take on a loaded machine; a deadlock or a lost wake-up takes longer."""


def crowd(work, tries, threads):
    """Do ``work(number)`` so many times in so many threads; return the results and the time."""
    started = time.monotonic()
    with ThreadPoolExecutor(threads) as pool:
        results = list(pool.map(work, range(tries)))
    return results, time.monotonic() - started


@pytest.mark.parametrize("threads", [8, 32])
def test_the_last_hundred_are_sold_exactly_once(stall, threads):
    hot = stall.product("햇감자", stock=100)
    others = [stall.product(f"나물 {number}", stock=1_000) for number in range(4)]
    people = [stall.cast.viewer(name) for name in ("alice", "gina", "charlie", "erin")]
    stall.cast.viewer = lambda name: people[int(name)]

    def attempt(number):
        wanted = {others[number % 4]: 1, hot: 1, others[(number + 1) % 4]: 2}
        try:
            return stall.order(str(number % 4), wanted, key=f"try-{number}").id
        except Refused as refused:
            return str(refused)

    results, seconds = crowd(attempt, 132, threads)
    placed = [result for result in results if isinstance(result, int)]
    assert {told for told in results if isinstance(told, str)} == {"햇감자 is sold out."}
    assert len(placed) == len(set(placed)) == 100
    assert stall.stock(hot) == 0
    assert sum(1_000 - stall.stock(each) for each in others) == 300
    with stall.node.db.read() as session:
        sold = session.scalar(
            select(func.sum(OrderLine.quantity)).where(OrderLine.product_id == hot)
        )
        codes = session.scalar(select(func.count(func.distinct(Order.code))))
    assert sold == codes == 100
    assert seconds < BOUND


def test_the_same_order_from_many_hands_is_one(stall):
    product = stall.product(stock=50)
    alice = stall.cast.viewer("alice")
    stall.cast.viewer = lambda _name: alice
    results, seconds = crowd(
        lambda _number: stall.order("alice", {product: 2}, key="one press").uid, 24, 12
    )
    assert len(set(results)) == 1
    assert stall.stock(product) == 48
    assert seconds < BOUND


def test_the_same_checkout_from_many_windows_is_one(stall):
    first, second = stall.product(stock=50), stall.product("지도", seller="shop", stock=50)
    node, alice = stall.node, stall.cast.viewer("alice")
    shop = f"shop:{stall.cast.space('shop').id}"
    with node.db.write() as session:
        for occasion, product in (("fair:1", first), (shop, second)):
            add_to_basket(node, session, alice, occasion=occasion, product_id=product, quantity=3)
        shown = basket_of(node, session, alice.id).shown

    def press(_number):
        with node.db.write() as session:
            orders, _ = check_out(
                node, session, alice, key="k" * 20, payment="at_collection", shown=shown
            )
            return tuple(sorted(order.uid for order in orders))

    results, _ = crowd(press, 16, 8)
    assert len(set(results)) == 1
    assert len(results[0]) == 2
    assert (stall.stock(first), stall.stock(second)) == (47, 47)


def test_orders_changes_and_withdrawals_in_each_others_way(stall):
    a, b = stall.product("감자", stock=40), stall.product("쌀", stock=40)
    alice = stall.cast.viewer("alice")
    stall.cast.viewer = lambda _name: alice

    def come_and_go(number):
        wanted = {a: 1, b: 2} if number % 2 else {b: 1, a: 2}
        try:
            order = stall.order("alice", wanted, key=f"go-{number}")
            with stall.node.db.write() as session:
                items = [Item(b, 3), Item(a, 1)]
                change_order(stall.node, session, alice, order.id, items, version=1)
            if number % 3:
                with stall.node.db.write() as session:
                    withdraw_order(stall.node, session, alice, order.id)
        except Refused as refused:
            return str(refused)
        return ""

    results, seconds = crowd(come_and_go, 60, 12)
    assert all(not told or "감자" in told or "쌀" in told for told in results)
    with stall.node.db.read() as session:
        taken = dict(
            session.execute(
                select(OrderLine.product_id, func.sum(OrderLine.quantity))
                .join(Order, Order.id == OrderLine.order_id)
                .where(Order.state == "placed")
                .group_by(OrderLine.product_id)
            ).all()
        )
    assert stall.stock(a) == 40 - taken.get(a, 0)
    assert stall.stock(b) == 40 - taken.get(b, 0)
    assert seconds < BOUND


def test_two_desks_hand_the_same_order_over(stall):
    order = stall.order("alice", {stall.product(): 3})
    dana = stall.cast.person("dana").id

    def give(_number):
        with stall.node.db.write() as session:
            return hand_over(stall.node, session, order.id, actor_id=dana)

    results, _ = crowd(give, 8, 8)
    assert sorted(results) == [0] * 7 + [9_000]
    assert stall.balance("held") == 9_000
    stall.check_books()


@pytest.mark.parametrize("node", ["postgres"], indirect=True)
def test_an_order_that_the_database_breaks_off_is_done_again(stall):
    """A seller's file changes two products the other way round: PostgreSQL ends one of the two."""
    first, second = stall.product("감자"), stall.product("쌀")
    alice = stall.cast.viewer("alice")
    tried = []

    def order(session):
        tried.append(1)
        return place_order(
            stall.node, session, alice, occasion="fair:1",
            items=[Item(first, 1), Item(second, 1)], key="again",
        )  # fmt: skip

    def touch(session, product):
        session.execute(update(Product).where(Product.id == product).values(origin="고침"))

    with ThreadPoolExecutor(1) as pool:
        with stall.node.db.write() as session:
            touch(session, second)
            waiting = pool.submit(in_transaction, stall.node.db, order)
            while not tried or not _is_blocked(stall.node):
                time.sleep(0.05)
            touch(session, first)
        placed = waiting.result(timeout=BOUND)
    assert len(tried) == 2
    assert [each.id for each in stall.orders()] == [placed.id]
    assert (stall.stock(first), stall.stock(second)) == (9, 9)


def _is_blocked(node):
    with node.db.read() as session:
        return session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted"))
