"""A shop's desk: those who run the shop hand its orders over, nobody else."""

from __future__ import annotations

import html
import re

import pytest

from wizzle.plugins.market import Item, change_order

DESK = "/spaces/shop/orders"


@pytest.fixture
def ordered(stall):
    """A map ordered by alice at the bookshop."""
    book = stall.product("동네 지도", seller="shop", price=8_000)
    return stall.order("alice", {book: 2}, occasion=f"shop:{stall.cast.space('shop').id}")


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def test_the_shop_hands_over_and_takes_the_money_once(stall, as_, ordered):
    frank = as_("frank")
    page = words(frank.get(DESK))
    for shown in (ordered.code, "앨리스", "동네 지도", "16,000원"):
        assert shown in page
    for _ in range(2):
        answer = frank.post(f"{DESK}/{ordered.uid}/hand-over", follow_redirects=True)
        assert answer.status_code == 200
    shop = stall.cast.space("shop").id
    assert stall.balance(f"producer:{shop}") == 16_000
    assert ordered.code not in words(frank.get(DESK))
    assert ordered.code in words(frank.get(f"{DESK}?state=collected"))


def test_an_order_is_found_by_its_code(stall, as_, ordered):
    frank = as_("frank")
    assert ordered.code in words(frank.get(f"{DESK}?q={ordered.code.lower()}"))
    assert "동네 지도" not in words(frank.get(f"{DESK}?q=없는사람"))


@pytest.mark.parametrize("step", ["cancel", "not-collected"])
def test_what_cannot_be_handed_over_needs_a_reason(stall, as_, ordered, step):
    frank = as_("frank")
    assert frank.post(f"{DESK}/{ordered.uid}/{step}").status_code == 409
    assert stall.orders()[0].state == "placed"
    frank.post(f"{DESK}/{ordered.uid}/{step}", data={"reason": "인쇄가 늦어요"})
    expected = {"cancel": "withdrawn", "not-collected": "not_collected"}[step]
    assert stall.orders()[0].state == expected
    assert "인쇄가 늦어요" in words(as_("alice").get(f"/orders/{ordered.uid}"))


def test_only_those_who_run_the_shop_and_the_steward(stall, as_, client, ordered):
    for who in ("alice", "charlie", "erin", "dana"):
        browser = as_(who)
        assert browser.get(DESK).status_code == 403
        assert browser.post(f"{DESK}/{ordered.uid}/hand-over").status_code == 403
    assert client.get(DESK).status_code == 302
    assert as_("bob").get(DESK).status_code == 200
    assert stall.orders()[0].state == "placed"


def test_an_order_of_elsewhere_is_not_handed_over_here(stall, as_):
    order = stall.order("alice", {stall.product(): 1})
    stall.product(seller="shop")
    assert as_("frank").post(f"{DESK}/{order.uid}/hand-over").status_code == 404
    assert stall.orders()[0].state == "placed"


def test_a_hub_has_no_shop_desk(stall, as_):
    stall.cast.space("hub")
    assert as_("bob").get("/spaces/hub/orders").status_code == 404


def test_the_shop_finds_its_desk(stall, as_, ordered):
    frank = as_("frank")
    for path in ("/me", "/spaces/shop"):
        assert f'href="{DESK}"' in frank.get(path).get_data(as_text=True)
    assert DESK not in as_("alice").get("/spaces/shop").get_data(as_text=True)


def test_what_the_desk_was_told_to_take_is_what_is_written_down(stall, as_, ordered):
    frank = as_("frank")
    page = frank.get(DESK).get_data(as_text=True)
    [button] = re.findall(rf'action="([^"]*{ordered.uid}/hand-over[^"]*)"', page)
    [line] = stall.lines(ordered)
    items = [Item(line.product_id, 3)]
    with stall.node.db.write() as session:
        alice = stall.cast.viewer("alice")
        change_order(stall.node, session, alice, ordered.id, items, version=1)
    shop = stall.cast.space("shop").id
    answer = frank.post(html.unescape(button), follow_redirects=True)
    assert "다시 확인해 주세요" in words(answer)
    assert stall.balance(f"cash:{shop}") == 0
    page = frank.get(DESK).get_data(as_text=True)
    [button] = re.findall(rf'action="([^"]*{ordered.uid}/hand-over[^"]*)"', page)
    frank.post(html.unescape(button))
    assert stall.balance(f"cash:{shop}") == 24_000
