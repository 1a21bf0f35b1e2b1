"""The balance of a resident, payments out, and containers, in the browser's words."""

from __future__ import annotations

import re

import pytest


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def key_of(answer):
    return re.findall(r'name="idempotency_key" value="([^"]*)"', answer.get_data(as_text=True))[0]


@pytest.fixture
def order(stall):
    return stall.order("alice", {stall.product("쌀", price=7_500): 2})


def test_every_movement_stands_on_the_page_with_its_reason(stall, purse, as_, order):
    purse.hand(order, cash=15_500)
    purse.back(stall.line(order), 1_000)
    page = words(as_("alice").get("/me/balance"))
    for shown in ("500원", "+500원", order.number, "목요 장터", "다음 주문에서 자동으로 써요"):
        assert shown in page
    assert order.number not in words(as_("gina").get("/me/balance"))
    assert "500원" in words(as_("alice").get("/me"))


def test_a_refund_onto_the_balance_says_why(stall, purse, as_, order):
    purse.give("alice", 2_000)
    purse.hand(order)
    purse.back(stall.line(order), 1_500)
    page = words(as_("alice").get("/me/balance"))
    assert "멍" in page
    assert "+1,500원" in page
    assert "-2,000원" in page


def test_many_movements_are_paged(stall, purse, as_):
    for _ in range(35):
        purse.give("alice", 100)
    alice = as_("alice")
    first = alice.get("/me/balance")
    assert first.get_data(as_text=True).count("+100원") == 30
    [onward] = re.findall(r'href="(/me/balance\?before=\d+)"', first.get_data(as_text=True))
    assert alice.get(onward).get_data(as_text=True).count("+100원") == 5


def test_credit_is_shown_before_and_after_ordering(stall, purse, as_, order):
    purse.give("alice", 4_000)
    alice = as_("alice")
    page = words(alice.get(f"/orders/{order.uid}"))
    assert "-4,000원" in page
    assert "11,000원" in page
    product = stall.product("배추", price=6_000)
    alice.post("/basket/add", data={"product_id": product, "occasion": "fair:1", "quantity": 1})
    page = words(alice.get("/checkout"))
    assert "-4,000원" in page
    assert "2,000원" in page


def test_having_credit_paid_out(stall, purse, as_):
    purse.give("alice", 5_000)
    alice, dana, bob = as_("alice"), as_("dana"), as_("bob")
    form = {"amount": "5000", "way": "cash", "host_id": purse.hub}
    assert alice.post("/me/balance", data={**form, "amount": "5001"}).status_code == 409
    assert alice.post("/me/balance", data={"amount": "다"}).status_code == 422
    assert "부탁" in words(alice.post("/me/balance", data=form, follow_redirects=True))
    assert "앨리스" in words(dana.get("/market/payouts"))
    assert "30억" not in words(dana.get("/market/payouts"))
    page = words(bob.get("/market/payouts"))
    assert "3,000,000,000원" in page
    assert "5,000원" in words(bob.get("/market/accounts"))
    for who in ("charlie", "erin", "frank", "alice"):
        assert as_(who).post("/market/payouts/1/paid").status_code == 403
        assert as_(who).get("/market/accounts").status_code == 403
    assert as_("gina").post("/me/balance/1/cancel").status_code == 404
    assert dana.post("/market/payouts/1/cancel").status_code == 422
    dana.post("/market/payouts/1/paid")
    assert purse.account() == 0
    assert purse.cash() == -5_000


def test_a_hub_does_not_pay_out_of_the_bank(stall, purse, as_):
    purse.give("alice", 5_000)
    form = {"amount": "5000", "way": "transfer", "bank_account": "농협 1-2 앨리스"}
    as_("alice").post("/me/balance", data=form)
    dana = as_("dana")
    assert "농협" not in words(dana.get("/market/payouts"))
    assert dana.post("/market/payouts/1/paid").status_code == 403
    bob = as_("bob")
    assert "농협 1-2 앨리스" in words(bob.get("/market/payouts"))
    bob.post("/market/payouts/1/cancel", data={"reason": "계좌가 달라요"})
    assert purse.account() == 5_000
    assert "농협" not in words(bob.get("/market/payouts"))


def test_the_steward_names_containers(stall, purse, as_):
    bob = as_("bob")
    page = bob.post("/market/containers", data={"name": "우유병", "deposit": "500"},
                    follow_redirects=True)  # fmt: skip
    assert "우유병" in words(page)
    assert (
        bob.post("/market/containers", data={"name": "우유병", "deposit": "9"}).status_code == 422
    )
    again = bob.post("/market/containers", data={"name": "달걀 상자", "deposit": "0"})
    assert again.status_code == 422
    assert "달걀 상자" in again.get_data(as_text=True)
    bob.post("/market/containers/1", data={"name": "큰 병", "deposit": "700"})
    assert "700원" in words(bob.get("/market/containers"))
    bob.post("/market/containers/1/retire")
    assert "이제 안 나가요" in words(bob.get("/market/containers"))
    assert bob.post("/market/containers/9/retire").status_code == 404
    for who in ("alice", "dana", "erin"):
        assert as_(who).get("/market/containers").status_code == 403


def test_boxes_come_back_by_person(stall, purse, as_):
    bottle, milk = purse.container(), stall.product("우유")
    purse.hand(purse.order("alice", {milk: 3}, {milk: bottle}))
    alice = stall.cast.person("alice").id
    dana = as_("dana")
    assert "앨리스" in words(dana.get("/market/containers/people?q=앨리"))
    assert "앨리스" not in words(dana.get("/market/containers/people?q=지나"))
    here = f"/market/people/{alice}/containers"
    form = {"idempotency_key": key_of(dana.get(here)), "host_id": purse.hub, "number": "2"}
    url = f"{here}/{bottle}/back?next=//evil.example"
    for _ in range(2):
        answer = dana.post(url, data={**form, "way": "cash"})
        assert answer.headers["Location"] == here
    assert purse.held() == [("우유병", 1, 500)]
    answer = dana.post(url, data={**form, "idempotency_key": "x" * 12}, follow_redirects=True)
    assert "1개까지" in words(answer)
    assert "500원" in words(as_("alice").get("/me/balance"))
    assert dana.get(f"/market/people/{purse.dana}/containers").status_code == 404
    for who in ("alice", "erin", "charlie"):
        assert as_(who).post(url, data=form).status_code == 403
        assert as_(who).get(here).status_code == 403


@pytest.mark.parametrize("ending", ["csv", "xlsx", "ods", "pdf"])
def test_lists_can_be_taken_along(stall, purse, as_, ending):
    bottle, milk = purse.container(), stall.product("우유")
    purse.hand(purse.order("alice", {milk: 2}, {milk: bottle}))
    purse.give("alice", 700)
    for who, path in (
        ("alice", "/me/balance"),
        ("bob", "/market/accounts"),
        ("dana", "/market/containers/people"),
        ("bob", "/market/transfers"),
    ):
        browser = as_(who)
        answer = browser.get(f"{path}.{ending}")
        assert answer.status_code == 200, path
        if ending == "csv" and path != "/market/transfers":
            shown = "700" if path == "/me/balance" else "앨리스"
            assert shown in answer.get_data(as_text=True)
        assert as_("erin").get(f"{path}.{ending}").status_code == (200 if who == "alice" else 403)


@pytest.mark.parametrize("people", [1, 12])
def test_pages_ask_the_database_little(stall, purse, as_, people):
    from market.orders.test_queries import counted

    bottle, milk = purse.container(), stall.product("우유", stock=None)
    shop = f"shop:{stall.cast.space('shop').id}"
    book = stall.product("지도", seller="shop", stock=None)
    for _ in range(people):
        order = purse.order("alice", {milk: 1}, {milk: bottle})
        purse.hand(order, cash=purse.due(order).cash + 100)
        purse.back(stall.line(order), 10)
        stall.order("alice", {book: 1}, occasion=shop)
    waiting = stall.order("alice", {milk: 1})
    for who, path, most in (
        ("alice", "/me/balance", 9),
        ("alice", f"/orders/{waiting.uid}", 12),
        ("frank", "/spaces/shop/orders", 9),
        ("bob", "/market/payouts", 5),
        ("bob", "/market/accounts", 5),
        ("dana", "/market/containers/people", 4),
    ):
        browser = as_(who)
        with counted(stall.node) as seen:
            assert browser.get(path).status_code == 200
        assert len(seen) <= most, (path, len(seen), seen)
