"""Goods that stewards hide: nobody sees, finds or orders them, and open orders stay."""

from __future__ import annotations

import pytest
from support.cast import Cast

from wizzle.core import moderation
from wizzle.core.errors import Refused
from wizzle.core.moderation.actions import Decision
from wizzle.core.node import Node
from wizzle.plugins.market import Product
from wizzle.plugins.market.catalog.actions import Hand, come_back, put_on_list, rest


def hide(node: Node, cast: Cast, subject: str) -> int:
    decision = Decision("hide", "wrong", "원산지를 확인하는 동안 숨겨요.")
    with node.db.write() as session:
        made = moderation.actions.decide(node, session, cast.viewer("bob"), subject, decision)
        return made.id


def lift(node: Node, cast: Cast, measure_id: int) -> None:
    with node.db.write() as session:
        moderation.actions.lift(node, session, cast.viewer("bob"), measure_id, "")


def listed(node: Node, product_id: int) -> bool:
    with node.db.read() as session:
        return session.get_one(Product, product_id).listed


@pytest.mark.parametrize("what", ["product", "seller"])
def test_what_is_hidden_is_neither_seen_nor_found_nor_ordered_and_orders_stay(
    stall, node, cast, as_, client, what
):
    cast.person("erin")
    potatoes = stall.product("숨길감자")
    order = stall.order("alice", {potatoes: 2})
    subject = f"product:{potatoes}" if what == "product" else f"space:{cast.space('farm').id}"
    measure = hide(node, cast, subject)
    assert "숨길감자" not in client.get("/market").text
    assert "숨길감자" not in client.get("/market?q=숨길").text
    assert "숨길감자" not in client.get("/").text
    page = client.get(f"/market/{potatoes}")
    assert page.status_code == 404
    assert "지금은 숨겨 두었어요" in page.text
    assert "숨길감자" not in page.text
    with pytest.raises(Refused):
        stall.order("gina", {potatoes: 1})
    assert [each.state for each in stall.orders()] == ["placed"]
    assert stall.line(order).delivered == 2
    assert "숨길감자" in as_("alice").get(f"/orders/{order.uid}").text
    if what == "product":
        assert as_("erin").get(f"/market/{potatoes}").status_code == 200
    lift(node, cast, measure)
    assert client.get(f"/market/{potatoes}").status_code == 200
    stall.order("gina", {potatoes: 1})


def test_its_seller_cannot_put_it_back_meanwhile(stall, node, cast, as_):
    cast.person("erin")
    potatoes = stall.product()
    measure = hide(node, cast, f"product:{potatoes}")
    page = as_("erin").post(f"/spaces/farm/goods/{potatoes}/listed", data={"listed": "yes"})
    assert page.status_code == 409
    assert not listed(node, potatoes)
    lift(node, cast, measure)
    assert listed(node, potatoes)


def test_what_was_off_the_list_before_stays_off_and_its_seller_can_keep_it_off(stall, node, cast):
    hand = Hand(node.clock.now(), None, sets_price=True)
    off, on = stall.product("감자", listed=False), stall.product("양파")
    measures = [hide(node, cast, f"product:{each}") for each in (off, on)]
    with node.db.write() as session:
        put_on_list(session, on, False, hand=hand)
    for each in measures:
        lift(node, cast, each)
    assert [listed(node, each) for each in (off, on)] == [False, False]


def test_what_rests_for_a_week_does_not_come_back_while_it_is_hidden(stall, node, cast, clock):
    potatoes = stall.product()
    until = clock.now().replace(day=30)
    with node.db.write() as session:
        rest(session, potatoes, until, hand=Hand(clock.now(), None, sets_price=True))
    measure = hide(node, cast, f"product:{potatoes}")
    clock.set(until)
    come_back(node, {"product_id": potatoes, "until": until.isoformat()})
    assert not listed(node, potatoes)
    lift(node, cast, measure)
    assert listed(node, potatoes)
