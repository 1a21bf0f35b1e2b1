"""Changing and withdrawing an order: until the cut-off, by its owner, within the stock."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from wizzle.core.errors import NotFound, Refused
from wizzle.core.models import Job
from wizzle.plugins.market import Item, change_order, deliver_less, withdraw_order


@pytest.fixture
def change(stall):
    """Change an order as somebody, in a transaction of its own."""

    def change(order, wanted, *, who="alice", version=1):
        with stall.node.db.write() as session:
            items = [Item(product, quantity) for product, quantity in wanted.items()]
            change_order(
                stall.node, session, stall.cast.viewer(who), order.id, items, version=version
            )

    return change


@pytest.fixture
def withdraw(stall):
    """Withdraw an order as somebody, in a transaction of its own."""

    def withdraw(order, *, who="alice", version=None):
        with stall.node.db.write() as session:
            withdraw_order(stall.node, session, stall.cast.viewer(who), order.id, version=version)

    return withdraw


def quantities(stall, order):
    return {line.product_id: line.quantity for line in stall.lines(order)}


def test_more_less_none_and_something_new(stall, change):
    potatoes, rice, kimchi, honey = (stall.product(name) for name in ("감자", "쌀", "김치", "꿀"))
    order = stall.order("alice", {potatoes: 2, rice: 5, kimchi: 1})
    change(order, {potatoes: 4, rice: 3, kimchi: 0, honey: 2})
    assert quantities(stall, order) == {potatoes: 4, rice: 3, honey: 2}
    assert [stall.stock(each) for each in (potatoes, rice, kimchi, honey)] == [6, 7, 10, 8]
    assert stall.events(order) == ["placed", "changed"]
    [standing] = stall.orders()
    assert (standing.version, standing.code) == (2, order.code)


def test_what_is_not_named_is_taken_out(stall, change):
    potatoes, rice = stall.product("감자"), stall.product("쌀")
    order = stall.order("alice", {potatoes: 2, rice: 2})
    change(order, {rice: 2})
    assert quantities(stall, order) == {rice: 2}
    assert stall.stock(potatoes) == 10


def test_nothing_left_is_a_withdrawal(stall, change):
    product = stall.product()
    order = stall.order("alice", {product: 2})
    change(order, {product: 0})
    assert [each.state for each in stall.orders()] == ["withdrawn"]
    assert stall.stock(product) == 10


def test_the_last_units_can_be_added_but_not_more(stall, change):
    product = stall.product("감자", stock=5)
    order = stall.order("alice", {product: 3})
    with pytest.raises(Refused, match="Only 2 left of 감자"):
        change(order, {product: 6})
    change(order, {product: 5})
    assert stall.stock(product) == 0
    with pytest.raises(Refused, match="감자 is sold out"):
        change(order, {product: 6}, version=2)


def test_a_frozen_price_holds_for_less_and_ends_for_more(stall, change):
    product = stall.product("감자", price=1_000)
    order = stall.order("alice", {product: 4})
    stall.set(product, price=1_500)
    with pytest.raises(Refused, match="price of 감자 has changed"):
        change(order, {product: 5})
    change(order, {product: 3})
    assert (stall.line(order).price, stall.line(order).quantity) == (1_000, 3)


def test_less_is_possible_of_what_is_not_sold_any_more(stall, change):
    product = stall.product("감자")
    order = stall.order("alice", {product: 4})
    stall.set(product, listed=False)
    with pytest.raises(Refused, match="감자 is not sold any more"):
        change(order, {product: 5})
    change(order, {product: 1})
    assert stall.stock(product) == 9


def test_minimum_and_step_hold_for_changes(stall, change):
    product = stall.product("김", minimum=3, step=3)
    order = stall.order("alice", {product: 6})
    for quantity in (-3, 1, 4, 20_000):
        with pytest.raises(Refused):
            change(order, {product: quantity})
    assert quantities(stall, order) == {product: 6}


def test_an_old_window_is_refused_and_the_same_click_twice_is_not(stall, change):
    product = stall.product()
    order = stall.order("alice", {product: 1})
    change(order, {product: 2})
    change(order, {product: 2})
    with pytest.raises(Refused, match="changed in another window"):
        change(order, {product: 3})
    assert stall.stock(product) == 8
    assert stall.events(order) == ["placed", "changed"]


def test_after_the_cut_off_nothing_moves(stall, change, withdraw):
    product = stall.product()
    order = stall.order("alice", {product: 2})
    stall.node.clock.advance(days=2)
    for attempt in (lambda: change(order, {product: 1}), lambda: withdraw(order)):
        with pytest.raises(Refused, match="time for ordering and changing has ended"):
            attempt()
    assert stall.stock(product) == 8


def test_an_order_is_its_owners_alone(stall, change, withdraw):
    product = stall.product()
    order = stall.order("alice", {product: 2})
    for who in ("charlie", "bob", "dana", "erin"):
        with pytest.raises(NotFound):
            change(order, {product: 1}, who=who)
        with pytest.raises(NotFound):
            withdraw(order, who=who)
    assert stall.stock(product) == 8


def test_withdrawing_gives_back_once(stall, withdraw):
    counted, on_demand = stall.product("감자"), stall.product("떡", stock=None)
    order = stall.order("alice", {counted: 3, on_demand: 2})
    withdraw(order)
    withdraw(order)
    assert (stall.stock(counted), stall.stock(on_demand)) == (10, None)
    assert stall.events(order) == ["placed", "withdrawn"]
    with stall.node.db.read() as session:
        mails = session.scalars(select(Job.key).order_by(Job.id)).all()
    alice = stall.cast.person("alice").id
    assert mails == [f"order:{order.uid}:{what}:{alice}" for what in ("placed", "withdrawn")]


def test_only_what_was_taken_from_the_count_is_given_back(stall, change, withdraw):
    product = stall.product("떡", stock=None)
    order = stall.order("alice", {product: 3})
    stall.set(product, stock=10)
    change(order, {product: 5})
    assert stall.stock(product) == 8
    withdraw(order)
    assert stall.stock(product) == 10


def test_what_never_came_is_not_sold_again(stall, change, withdraw):
    product = stall.product("상추")
    order = stall.order("alice", {product: 6})
    with stall.node.db.write() as session:
        deliver_less(
            stall.node, session, stall.line(order).id, 4, reason="서리를 맞았어요",
            actor_id=stall.cast.person("dana").id,
        )  # fmt: skip
    with pytest.raises(Refused, match="being prepared already"):
        change(order, {product: 2}, version=2)
    withdraw(order)
    assert stall.stock(product) == 8
