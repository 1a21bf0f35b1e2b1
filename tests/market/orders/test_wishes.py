"""What a resident wishes for the case that too little comes: remembered, frozen, changed."""

from __future__ import annotations

import re

import pytest

from wizzle.core.errors import Refused
from wizzle.plugins.market import Item, change_order
from wizzle.plugins.market.orders.models import BasketLine
from wizzle.plugins.market.orders.rules import IfShort

FAIR = "fair:1"


@pytest.fixture
def alice(as_):
    return as_("alice")


@pytest.fixture
def put(alice):
    def put(product, quantity=1):
        return alice.post(
            "/basket/add", data={"product_id": product, "occasion": FAIR, "quantity": quantity}
        )

    return put


@pytest.fixture
def wishes(stall):
    """What stands in alice's basket, by product."""

    def read():
        with stall.node.db.read() as session:
            rows = session.query(BasketLine).all()
            return {row.product_id: (row.wish, row.substitute_up_to) for row in rows}

    return read


def wish(product, how, most=""):
    return {f"w-{product}-{FAIR}": how, f"u-{product}-{FAIR}": most}


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page.text)[1]


def order_all(browser):
    page = browser.get("/checkout")
    sent = {name: hidden(page, name) for name in ("idempotency_key", "shown")}
    return browser.post("/checkout", data={**sent, "payment": "at_collection"})


def test_as_much_as_there_is_unless_something_else_is_chosen(stall, put, wishes):
    put(potato := stall.product())
    assert wishes() == {potato: ("less", None)}


def test_the_last_choice_is_where_the_next_line_begins_at_its_own_price(stall, alice, put, wishes):
    potato, leek = stall.product(), stall.product("대파", price=2_500)
    put(potato)
    alice.post("/basket", data=wish(potato, "substitute", "3,500원"))
    put(leek)
    assert wishes() == {potato: ("substitute", 3_500), leek: ("substitute", 2_500)}
    order_all(alice)
    put(onion := stall.product("양파", price=1_000))
    assert wishes() == {onion: ("substitute", 1_000)}, "remembered from the last order"


def test_something_else_for_goods_by_weight_begins_at_what_a_piece_costs(stall, alice, put, wishes):
    hen = stall.product("닭", price=10_000, sold_by="weight", expected_g=1_300)
    put(potato := stall.product())
    alice.post("/basket", data=wish(potato, "substitute", "3000"))
    put(hen)
    assert wishes()[hen] == ("substitute", 13_000)


def test_the_wish_is_agreed_at_the_checkout_and_frozen(stall, alice, put):
    put(potato := stall.product())
    alice.post("/basket", data=wish(potato, "refund"))
    assert "전부 아니면 환불" in alice.get("/checkout").text
    order_all(alice)
    [order] = stall.orders()
    assert stall.line(order).wish == "refund"
    assert "전부 아니면 환불" in alice.get(f"/orders/{order.uid}").text


def test_a_wish_changed_in_another_window_is_shown_before_it_is_ordered(stall, alice, put):
    put(potato := stall.product())
    page = alice.get("/checkout")
    sent = {name: hidden(page, name) for name in ("idempotency_key", "shown")}
    alice.post("/basket", data=wish(potato, "refund"))
    assert alice.post("/checkout", data={**sent, "payment": "at_collection"}).status_code == 409
    assert not stall.orders()


@pytest.mark.parametrize("most", ["", "싸게", "0", "999999999999"])
def test_something_else_needs_a_price_that_can_be_read(stall, alice, put, wishes, most):
    put(potato := stall.product())
    page = alice.post("/basket", data=wish(potato, "substitute", most))
    assert page.status_code == 422
    assert 'aria-invalid="true"' in page.text
    assert wishes() == {potato: ("less", None)}


def test_a_wish_that_does_not_exist_is_not_taken(stall, alice, put, wishes):
    put(potato := stall.product())
    alice.post("/basket", data=wish(potato, "whatever"))
    assert wishes() == {potato: ("less", None)}


def test_the_wish_is_changed_with_the_order_until_the_cut_off(stall, alice):
    order = stall.order("alice", {(potato := stall.product()): 2})
    form = {
        "version": 1, f"n-{potato}-": "2", f"w-{potato}-": "substitute", f"u-{potato}-": "4000",
    }  # fmt: skip
    page = alice.post(f"/orders/{order.uid}", data=form, follow_redirects=True)
    line = stall.line(order)
    assert (line.wish, line.substitute_up_to) == ("substitute", 4_000)
    assert stall.events(order) == ["placed", "changed"]
    assert "모자라면 다른 것으로 (한 개 4,000원까지)" in page.text
    stall.fair.close()
    late = alice.post(f"/orders/{order.uid}", data={**form, "version": 2, f"w-{potato}-": "less"})
    assert late.status_code == 409
    assert stall.line(order).wish == "substitute"


def test_the_same_wish_again_changes_nothing(stall, alice):
    order = stall.order("alice", {(potato := stall.product()): 2})
    form = {"version": 1, f"n-{potato}-": "2", f"w-{potato}-": "less", f"u-{potato}-": ""}
    alice.post(f"/orders/{order.uid}", data=form)
    assert stall.events(order) == ["placed"]


def test_nobody_changes_anothers_wish(stall, as_):
    order = stall.order("alice", {(potato := stall.product()): 2})
    form = {"version": 1, f"n-{potato}-": "2", f"w-{potato}-": "refund"}
    assert as_("charlie").post(f"/orders/{order.uid}", data=form).status_code in {403, 404}
    assert stall.line(order).wish == "less"


def test_an_added_product_brings_its_wish(stall):
    order = stall.order("alice", {(potato := stall.product()): 2})
    leek = stall.product("대파")
    items = [Item(potato, 2), Item(leek, 1, IfShort("refund"))]
    with stall.node.db.write() as session:
        viewer = stall.cast.viewer("alice")
        change_order(stall.node, session, viewer, order.id, items, version=1)
    assert [line.wish for line in stall.lines(order)] == ["less", "refund"]


def test_a_wish_is_whole_or_none():
    with pytest.raises(ValueError, match="no such wish"):
        IfShort("substitute")
    with pytest.raises(ValueError, match="no such wish"):
        IfShort("less", 3_000)
    with pytest.raises(Refused):
        IfShort("substitute", 0)
