"""A resident's way through basket, checkout and orders, in the browser's words."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from wizzle.plugins.market.orders.models import BasketLine

FAIR = "fair:1"


def text(answer):
    """The words of a page, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def hidden(page, name):
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.get_data(as_text=True))
    assert found, f"no field {name}"
    return found[1]


@pytest.fixture
def alice(as_):
    return as_("alice")


@pytest.fixture
def put(stall):
    """Put something into somebody's basket."""

    def put(browser, product, quantity=1, occasion=FAIR):
        return browser.post(
            "/basket/add",
            data={"product_id": product, "occasion": occasion, "quantity": quantity},
            follow_redirects=True,
        )

    return put


def order_all(browser, **other):
    """Go to the checkout and press its button; return the form that was sent and the answer."""
    page = browser.get("/checkout")
    form = {
        "idempotency_key": hidden(page, "idempotency_key"),
        "shown": hidden(page, "shown"),
        "payment": "at_collection",
        **other,
    }
    return form, browser.post("/checkout", data=form, follow_redirects=True)


def basket_of(stall, name):
    person = stall.cast.person(name).id
    with stall.node.db.read() as session:
        rows = session.execute(select(BasketLine).where(BasketLine.person_id == person)).scalars()
        return {(row.occasion, row.product_id): row.quantity for row in rows}


def test_a_resident_orders_changes_and_withdraws(stall, alice, put):
    potatoes, book = (
        stall.product("감자", price=990),
        stall.product("지도", seller="shop", price=8_000),
    )
    shop = f"shop:{stall.cast.space('shop').id}"
    assert "감자" in text(put(alice, potatoes, 3))
    page = text(put(alice, book, 1, shop))
    assert "목요 장터" in page
    assert "수유 책방" in page
    assert "10,970원" in page
    checkout = text(alice.get("/checkout"))
    for words in (
        "완주로컬푸드협동조합",
        "홍길동",
        "063-000-0000",
        "수유 마을부엌",
        "10,970원",
        "208원",
        "238원",
    ):
        assert words in checkout
    _, done = order_all(alice)
    first, second = stall.orders()
    assert done.status_code == 200
    assert (first.occasion, second.occasion) == (FAIR, shop)
    assert basket_of(stall, "alice") == {}
    page = alice.get(f"/orders/{first.uid}")
    assert first.code in text(page)
    alice.post(f"/orders/{first.uid}", data={"version": 1, f"n-{potatoes}-": 5})
    assert stall.line(first).quantity == 5
    alice.post(f"/orders/{first.uid}/withdraw")
    assert stall.stock(potatoes) == 10
    assert [each.state for each in stall.orders()] == ["withdrawn", "placed"]
    listed = text(alice.get("/orders"))
    assert "목요 장터" in listed
    assert "수유 책방" in listed


def test_a_stranger_logs_in_and_finds_the_wish_again(stall, client, as_, put):
    product = stall.product("감자")
    answer = client.post(
        "/basket/add", data={"product_id": product, "occasion": FAIR, "quantity": 2}
    )
    assert answer.status_code == 302
    assert "/basket/add" in answer.location
    for path in ("/basket", "/checkout", "/orders", "/orders/x"):
        assert "/log-in" in client.get(path).location or "login" in client.get(path).location
    page = as_("alice").get(f"/basket/add?product_id={product}&occasion={FAIR}&quantity=2")
    assert "감자" in text(page)
    assert 'value="2"' in page.get_data(as_text=True)


def test_the_same_press_twice_orders_once(stall, alice, put):
    product = stall.product("감자")
    put(alice, product, 2)
    form, done = order_all(alice)
    again = alice.post("/checkout", data=form, follow_redirects=True)
    put(alice, product, 3)
    later = alice.post("/checkout", data=form, follow_redirects=True)
    [order] = stall.orders()
    for page in (done, again, later):
        assert page.request.path == f"/orders/{order.uid}"
    assert stall.stock(product) == 8
    assert basket_of(stall, "alice") == {(FAIR, product): 3}


def test_what_became_short_stops_the_order_and_is_named(stall, alice, put):
    potatoes, lettuce = stall.product("감자"), stall.product("상추", stock=5)
    put(alice, potatoes, 2)
    put(alice, lettuce, 3)
    page = alice.get("/checkout")
    form = {name: hidden(page, name) for name in ("idempotency_key", "shown")}
    stall.order("gina", {lettuce: 4})
    answer = alice.post("/checkout", data={**form, "payment": "at_collection"})
    assert answer.status_code == 409
    assert len(stall.orders()) == 1
    assert "상추" in text(answer)
    assert basket_of(stall, "alice") == {(FAIR, potatoes): 2, (FAIR, lettuce): 3}
    # the page has been drawn anew: pressing again orders what can be had, and the rest stays
    form["shown"] = hidden(answer, "shown")
    alice.post("/checkout", data={**form, "payment": "at_collection"})
    assert [order.person_name for order in stall.orders()] == ["지나", "앨리스"]
    assert basket_of(stall, "alice") == {(FAIR, lettuce): 3}


def test_a_price_that_rose_meanwhile_is_shown_before_it_is_paid(stall, alice, put):
    product = stall.product("감자", price=1_000)
    put(alice, product)
    page = alice.get("/checkout")
    form = {name: hidden(page, name) for name in ("idempotency_key", "shown")}
    stall.set(product, price=9_000)
    answer = alice.post("/checkout", data={**form, "payment": "at_collection"})
    assert answer.status_code == 409
    assert "9,000원" in text(answer)
    assert stall.orders() == []


def test_the_basket_says_what_cannot_be_had_and_keeps_the_rest(stall, alice, put):
    names = ("감자", "상추", "무")
    potatoes, lettuce, radish = (stall.product(name) for name in names)
    stall.open("fair:2", title="금요 장터")
    for product in (potatoes, lettuce, radish):
        put(alice, product, 2)
    put(alice, potatoes, 1, "fair:2")
    stall.set(lettuce, stock=1)
    stall.set(radish, listed=False)
    stall.fair.close("fair:2")
    page = text(alice.get("/basket"))
    for name in (*names, "금요 장터"):
        assert name in page
    assert "6,000원" in page
    order_all(alice)
    assert set(basket_of(stall, "alice")) == {
        (FAIR, lettuce), (FAIR, radish), ("fair:2", potatoes),
    }  # fmt: skip


def test_quantities_are_saved_and_things_taken_out(stall, alice, put):
    potatoes, lettuce = stall.product("감자"), stall.product("상추")
    put(alice, potatoes, 2)
    put(alice, lettuce, 2)
    changed = {f"n-{potatoes}-{FAIR}": "4", f"n-{lettuce}-{FAIR}": "0", "then": "check_out"}
    assert alice.post("/basket", data=changed).location == "/checkout"
    assert basket_of(stall, "alice") == {(FAIR, potatoes): 4}
    alice.post("/basket", data={"remove": f"n-{potatoes}-{FAIR}", f"n-{potatoes}-{FAIR}": "9"})
    assert basket_of(stall, "alice") == {}
    assert alice.get("/checkout").location == "/basket"


@pytest.mark.parametrize("typed", ["", "-1", "1.5", "많이", "1e3", "99999999999999999999", "２"])
def test_what_is_no_number_changes_nothing(stall, alice, put, typed):
    product = stall.product("감자")
    put(alice, product, 2)
    answer = alice.post("/basket", data={f"n-{product}-{FAIR}": typed})
    assert answer.status_code == 422 or basket_of(stall, "alice") == {(FAIR, product): 2}
    assert basket_of(stall, "alice") == {(FAIR, product): 2}


def test_the_next_collection_is_on_the_home_page_and_on_ones_own(stall, alice, put):
    put(alice, stall.product("감자"))
    order_all(alice)
    [order] = stall.orders()
    for path in ("/", "/me"):
        assert order.code in text(alice.get(path))
    stall.node.clock.advance(days=4)
    assert order.code not in text(alice.get("/"))


def test_the_history_tells_everything(stall, alice, put):
    product = stall.product("감자")
    put(alice, product, 2)
    order_all(alice)
    [order] = stall.orders()
    alice.post(f"/orders/{order.uid}", data={"version": 1, f"n-{product}-": 3})
    page = text(alice.get(f"/orders/{order.uid}"))
    assert "감자 2 → 3" in page


def test_orders_are_paged(stall, alice):
    product = stall.product(stock=None)
    for _ in range(21):
        stall.order("alice", {product: 1})
    first = alice.get("/orders").get_data(as_text=True)
    following = re.search(r'href="(/orders\?after=\d+)"', first)[1]
    assert first.count('class="card-title"') == 20
    assert alice.get(following).get_data(as_text=True).count('class="card-title"') == 1
    assert alice.get("/orders?after=x'--").status_code == 200
