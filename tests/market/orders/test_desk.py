"""A shop's desk: those who run the shop hand its orders over, nobody else."""

from __future__ import annotations

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
    url = f"{DESK}/{ordered.uid}/hand-over"

    def shown():
        [amount] = re.findall(r'name="shown" value="(\d+)"', frank.get(DESK).get_data(as_text=True))
        return amount

    before = shown()
    [line] = stall.lines(ordered)
    items = [Item(line.product_id, 3)]
    with stall.node.db.write() as session:
        alice = stall.cast.viewer("alice")
        change_order(stall.node, session, alice, ordered.id, items, version=1)
    shop = stall.cast.space("shop").id
    answer = frank.post(url, data={"shown": before}, follow_redirects=True)
    assert "다시 확인해 주세요" in words(answer)
    assert stall.balance(f"cash:{shop}") == 0
    frank.post(url, data={"shown": shown()})
    assert stall.balance(f"cash:{shop}") == 24_000


def test_another_sum_that_was_given_rolls_over(stall, as_, ordered):
    frank, url = as_("frank"), f"{DESK}/{ordered.uid}/hand-over"
    for cash in ("1", "x", "-5", "160000"):
        answer = frank.post(url, data={"shown": "16000", "cash": cash}, follow_redirects=True)
        assert answer.status_code in (200, 422)
    assert stall.orders()[0].state == "placed"
    answer = frank.post(url, data={"shown": "16000", "cash": "15000"}, follow_redirects=True)
    assert "15,000원" in words(answer)
    assert stall.balance(f"resident:{stall.cast.person('alice').id}") == -1_000
    assert "-1,000원" in words(as_("alice").get("/me/balance"))


def test_money_is_given_back_at_the_desk(stall, as_, ordered):
    frank = as_("frank")
    frank.post(f"{DESK}/{ordered.uid}/hand-over", data={"shown": "16000"})
    [line] = stall.lines(ordered)
    url = f"{DESK}/{ordered.uid}/lines/{line.id}/refund?state=collected"
    page = frank.get(f"{DESK}?state=collected").get_data(as_text=True)
    [key] = re.findall(r'name="idempotency_key" value="([^"]*)"', page)
    form = {"amount": "3000", "reason": "표지가 접혔어요", "idempotency_key": key}
    assert frank.post(url, data={**form, "reason": " "}).status_code == 422
    too_much = frank.post(url, data={**form, "amount": "16001"})
    assert too_much.status_code == 409
    assert "표지가 접혔어요" in too_much.get_data(as_text=True)
    for _ in range(2):
        assert "현금으로 3,000원" in words(frank.post(url, data=form, follow_redirects=True))
    shop = stall.cast.space("shop").id
    assert stall.balance(f"cash:{shop}") == 13_000
    assert frank.post(f"{DESK}/{ordered.uid}/lines/999/refund", data=form).status_code == 404
    for who in ("alice", "dana", "erin"):
        assert as_(who).post(url, data=form).status_code == 403
    assert "표지가 접혔어요" in words(as_("alice").get(f"/orders/{ordered.uid}"))
