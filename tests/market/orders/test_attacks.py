"""What somebody could try with a hand-made request."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from wizzle.core.web import create_app
from wizzle.plugins.market.orders.models import BasketLine

FAIR = "fair:1"
KEY = "a-key-of-sixteen-or-more"


@pytest.fixture
def alice(as_):
    return as_("alice")


@pytest.fixture
def shown(alice):
    """What alice's checkout shows, as its form sends it back."""

    def shown():
        page = alice.get("/checkout").get_data(as_text=True)
        return re.search(r'name="shown" value="([^"]*)"', page)[1]

    return shown


def put(browser, product, quantity=1, occasion=FAIR):
    form = {"product_id": product, "occasion": occasion, "quantity": quantity}
    return browser.post("/basket/add", data=form)


@pytest.mark.parametrize("quantity", ["0", "-3", "10001", "9" * 40, "1.5", "", "x", "NaN"])
def test_no_quantity_but_a_sensible_one_gets_into_the_basket(stall, alice, quantity):
    product = stall.product(stock=None)
    assert put(alice, product, quantity).status_code == 422
    with stall.node.db.read() as session:
        assert session.scalar(select(func.count()).select_from(BasketLine)) == 0


@pytest.mark.parametrize(
    ("product", "occasion", "status"),
    [
        ("999999", FAIR, 404),
        ("99999999999999999999", FAIR, 404),
        ("-1", FAIR, 404),
        (None, "fair:99", 409),
        (None, "x" * 41, 422),
        (None, "", 422),
        (None, "shop:1", 409),
        (None, "cycle:1", 409),
    ],
)
def test_no_product_and_no_sale_that_is_not_there(stall, alice, product, occasion, status):
    chosen = stall.product() if product is None else product
    assert put(alice, chosen, 1, occasion).status_code == status


def test_a_price_in_the_form_is_not_read(stall, alice, shown):
    product = stall.product("감자", price=5_000)
    put(alice, product)
    form = {"idempotency_key": KEY, "shown": shown(), "payment": "at_collection"}
    alice.post("/checkout", data={**form, "price": "1", "total": "1", f"price-{product}": "1"})
    [order] = stall.orders()
    assert stall.line(order).price == 5_000


@pytest.mark.parametrize(
    "wrong",
    [
        {"idempotency_key": ""},
        {"idempotency_key": "short"},
        {"idempotency_key": "x" * 65},
        {"idempotency_key": "%' OR 1=1 --%%%%%%%%%"},
        {"shown": "0" * 24},
        {"shown": ""},
        {"payment": "free"},
        {"payment": ""},
    ],
)
def test_a_checkout_form_that_was_tampered_with_orders_nothing(stall, alice, shown, wrong):
    put(alice, stall.product())
    form = {"idempotency_key": KEY, "shown": shown(), "payment": "at_collection", **wrong}
    answer = alice.post("/checkout", data=form)
    assert answer.status_code in (409, 422)
    assert stall.orders() == []
    # the page that came back can be sent as it is
    again = answer.get_data(as_text=True)
    fresh = re.search(r'name="idempotency_key" value="([^"]*)"', again)[1]
    alice.post("/checkout", data={**form, "idempotency_key": fresh, "shown": shown(),
                                  "payment": "at_collection"})  # fmt: skip
    assert len(stall.orders()) == 1


def test_nobody_sees_or_touches_an_order_of_somebody_else(stall, as_, client):
    product = stall.product()
    order = stall.order("alice", {product: 2})
    path = f"/orders/{order.uid}"
    for who in ("charlie", "bob", "dana", "frank"):
        browser = as_(who)
        assert browser.get(path).status_code == 404
        change = {"version": 1, f"n-{product}-": 1}
        assert browser.post(path, data=change).status_code == 404
        assert browser.post(f"{path}/withdraw").status_code == 404
        assert order.code not in browser.get("/orders").get_data(as_text=True)
    assert client.get(path).status_code == 302
    assert client.post(f"{path}/withdraw").status_code == 302
    assert stall.orders()[0].state == "placed"
    assert stall.line(order).quantity == 2


def test_a_basket_is_ones_own(stall, alice, as_):
    product = stall.product()
    put(alice, product, 2)
    charlie = as_("charlie")
    charlie.post("/basket", data={f"n-{product}-{FAIR}": "9", "remove": f"n-{product}-{FAIR}"})
    charlie.post("/basket", data={f"n-{product}-{FAIR}": "0"})
    with stall.node.db.read() as session:
        [line] = session.execute(select(BasketLine.person_id, BasketLine.quantity)).all()
    assert tuple(line) == (stall.cast.person("alice").id, 2)


def test_a_key_of_somebody_else_opens_nothing(stall, alice, as_, shown):
    put(alice, stall.product())
    form = {"idempotency_key": KEY, "shown": shown(), "payment": "at_collection"}
    alice.post("/checkout", data=form)
    charlie = as_("charlie")
    answer = charlie.post("/checkout", data=form, follow_redirects=True)
    assert stall.orders()[0].code not in answer.get_data(as_text=True)
    assert len(stall.orders()) == 1


@pytest.mark.parametrize("version", ["", "x", "0", "-1", "9" * 30])
def test_a_change_without_the_right_version_changes_nothing(stall, alice, version):
    product = stall.product()
    order = stall.order("alice", {product: 2})
    answer = alice.post(f"/orders/{order.uid}", data={"version": version, f"n-{product}-": 5})
    assert answer.status_code in (409, 422)
    assert stall.line(order).quantity == 2


def test_an_order_cannot_be_changed_into_what_is_not_offered(stall, alice):
    product, secret = stall.product(), stall.product("비매품")
    stall.open(offered=frozenset({product}))
    order = stall.order("alice", {product: 2})
    form = {"version": 1, f"n-{product}-": 2, f"n-{secret}-": 1}
    assert alice.post(f"/orders/{order.uid}", data=form).status_code == 409
    assert len(stall.lines(order)) == 1


def test_every_form_needs_its_token(stall, cast):
    app = create_app(stall.node)
    app.config["TESTING"] = True
    alice = cast.signed_in(app, "alice")
    order = stall.order("alice", {stall.product(): 1})
    for path in ("/basket", "/basket/add", "/checkout", f"/orders/{order.uid}",
                 f"/orders/{order.uid}/withdraw"):  # fmt: skip
        assert alice.post(path, data={"version": 1}).status_code == 400
    assert stall.orders()[0].state == "placed"


def test_the_names_of_goods_are_escaped(stall, alice):
    product = stall.product("<script>alert(1)</script>", origin='"><img src=x>')
    put(alice, product)
    order = stall.order("alice", {product: 1})
    for path in ("/basket", "/checkout", f"/orders/{order.uid}"):
        page = alice.get(path).get_data(as_text=True)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
