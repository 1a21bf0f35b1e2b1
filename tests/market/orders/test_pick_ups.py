"""Choosing where to collect, where an occasion has several places."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from wizzle.core.answers import PickUp
from wizzle.core.errors import Refused
from wizzle.plugins.market import Item, place_order

FAIR = "fair:1"


@pytest.fixture
def school(stall):
    """The fair can be collected at a shop too, a day later; its space."""
    now, space = stall.node.clock.now(), stall.cast.space("shop").id
    more = PickUp(
        space, "수유 책방", "수유로 9", now + timedelta(days=4), now + timedelta(days=4, hours=2)
    )
    stall.open(pick_ups=(more,))
    return space


@pytest.fixture
def alice(as_, stall):
    browser = as_("alice")
    browser.post(
        "/basket/add", data={"product_id": stall.product(), "occasion": FAIR, "quantity": 1}
    )
    return browser


def sent(page):
    found = {
        name: re.search(rf'name="{name}" value="([^"]*)"', page.text)[1]
        for name in ("idempotency_key", "shown")
    }
    return {**found, "payment": "at_collection"}


def chosen(page):
    """The place that is chosen beforehand on a page."""
    boxes = re.findall(r'<input type="radio" name="host-[^"]*" value="(\d+)"([^>]*)>', page.text)
    return [int(value) for value, more in boxes if "checked" in more]


def test_one_place_is_not_to_be_chosen(stall, alice):
    assert chosen(alice.get("/checkout")) == []


def test_the_chosen_place_is_frozen_into_the_order(stall, school, alice):
    page = alice.get("/checkout")
    assert "수유 책방" in page.text
    assert chosen(page) == [stall.cast.space("hub").id]
    alice.post("/checkout", data={**sent(page), f"host-{FAIR}": school})
    [order] = stall.orders()
    assert (order.host_id, order.place, order.address) == (school, "수유 책방", "수유로 9")
    assert order.collect_from == stall.node.clock.now() + timedelta(days=4)
    assert order.code


def test_the_last_place_is_the_next_ones_default(stall, school, alice):
    alice.post("/checkout", data={**sent(alice.get("/checkout")), f"host-{FAIR}": school})
    alice.post("/basket/add", data={"product_id": 1, "occasion": FAIR, "quantity": 1})
    assert chosen(alice.get("/checkout")) == [school]


def test_a_choice_stays_when_the_page_is_drawn_anew(stall, school, alice):
    page = alice.get("/checkout")
    stall.set(1, price=9_000)
    again = alice.post("/checkout", data={**sent(page), f"host-{FAIR}": school})
    assert again.status_code == 409
    assert chosen(again) == [school]


def test_a_place_that_moved_meanwhile_is_shown_before_it_is_ordered(stall, school, alice):
    page = alice.get("/checkout")
    now = stall.node.clock.now()
    moved = PickUp(
        school, "수유 책방", "수유로 9", now + timedelta(days=5), now + timedelta(days=6)
    )
    stall.open(pick_ups=(moved,))
    assert alice.post("/checkout", data={**sent(page), f"host-{FAIR}": school}).status_code == 409
    assert not stall.orders()


def test_a_place_that_is_none_is_refused(stall, school, alice):
    page = alice.get("/checkout")
    other = stall.cast.space("farm").id
    assert alice.post("/checkout", data={**sent(page), f"host-{FAIR}": other}).status_code == 409
    with pytest.raises(Refused, match="another place"), stall.node.db.write() as session:
        place_order(
            stall.node, session, stall.cast.viewer("alice"), occasion=FAIR, items=[Item(1, 1)],
            key="k", host_id=other,
        )  # fmt: skip
    assert not stall.orders()


def test_the_place_is_changed_with_the_order_until_the_cut_off(stall, school, as_):
    order = stall.order("alice", {(potato := stall.product()): 1})
    alice = as_("alice")
    assert chosen(alice.get(f"/orders/{order.uid}")) == [stall.cast.space("hub").id]
    form = {"version": 1, f"n-{potato}-": "1", "host-": school}
    page = alice.post(f"/orders/{order.uid}", data=form, follow_redirects=True)
    [moved] = stall.orders()
    assert (moved.host_id, moved.place, moved.version) == (school, "수유 책방", 2)
    assert "찾는 곳 수유 책방" in page.text
    stall.fair.close()
    back = {**form, "version": 2, "host-": stall.cast.space("hub").id}
    assert alice.post(f"/orders/{order.uid}", data=back).status_code == 409
    assert stall.orders()[0].host_id == school


def test_the_basket_is_counted_in_the_menu_of_its_owner_only(stall, alice, as_, client):
    assert 'class="menu-badge">1<' in alice.get("/market").text
    assert "menu-badge" not in as_("charlie").get("/market").text
    page = client.get("/market").text
    assert "menu-badge" not in page
    assert "\ue004" not in page
