"""Goods by a program: the catalogue for everyone, prices and stock for their seller."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from support.rounds import Round

from wizzle.core.models import AuditRecord
from wizzle.plugins.market import Product


@pytest.fixture
def goods(node, cast, clock):
    """Carrots, leeks and a potato that is off the list."""
    round_ = Round(node, cast, clock)
    round_.goods("당근", stock=3, price=3000)
    round_.goods("대파", price=2000, listed=True)
    round_.goods("감자", listed=False)
    return round_


def names(answer):
    return [each["name"] for each in answer.json["items"]]


def test_the_catalogue_by_words_kind_and_seller(programs, goods, cast):
    goods.goods("당근", farm="other_farm")
    stranger = programs.stranger()
    assert names(stranger.get("/products")) == ["당근", "당근", "대파"]
    assert names(stranger.get("/products?q=파")) == ["대파"]
    assert names(stranger.get("/products?q=%25")) == []
    assert names(stranger.get("/products?category=과일")) == []
    assert names(stranger.get("/products?seller=other_farm")) == ["당근"]
    assert stranger.get("/products?seller=nobody").status_code == 404
    first = stranger.get("/products?limit=2").json
    assert [each["id"] for each in first["items"]] == [goods.products[0], goods.products[3]]
    assert names(stranger.get(first["next"].removeprefix("/api/v1"))) == ["대파"]
    tile = first["items"][0]
    assert (tile["price"], tile["stock_state"], tile["left"]) == (3000, "few", 3)
    assert tile["seller"] == {"slug": "farm", "name": "완주로컬푸드협동조합"}
    assert "stock" not in tile


def test_one_product_with_its_seller_and_where_it_is_sold(programs, goods):
    goods.draft().offer().to("open")
    found = programs.stranger().get(f"/products/{goods.products[1]}").json
    assert (found["origin"], found["seller"]["representative"]) == ("전북 완주", "홍길동")
    (offer,) = found["offers"]
    assert offer["occasion"] == goods.occasion
    assert (offer["producer"], offer["activist"], offer["centre"]) == (1700, 140, 160)
    assert offer["pick_ups"][0]["place"] == "수유 마을부엌"
    assert programs.stranger().get("/products/9999").status_code == 404


def test_a_producer_sets_price_and_stock(programs, goods, node):
    erin = programs.of("erin", "goods:read", "goods:write")
    mine = erin.get("/spaces/farm/products").json["items"]
    assert [(each["name"], each["listed"], each["stock"]) for each in mine] == [
        ("감자", False, None), ("당근", True, 3), ("대파", True, None),
    ]  # fmt: skip
    path = f"/spaces/farm/products/{goods.products[0]}"
    set_ = erin.asks("PATCH", path, json={"version": 1, "price": 3500, "stock": 40, "was": 3})
    assert (set_.status_code, set_.json["price"], set_.json["stock"]) == (200, 3500, 40)
    assert set_.json["version"] == 2
    for wrong, status in (
        ({"version": 1, "price": 100}, 409),
        ({"version": 2, "stock": 5, "was": 3}, 409),
        ({"version": 2, "stock": 5}, 422),
        ({"version": 2, "price": 0}, 422),
        ({"version": 2, "price": "100"}, 422),
        ({"price": 100}, 422),
    ):
        assert erin.asks("PATCH", path, json=wrong).status_code == status, wrong
    on_demand = erin.asks("PATCH", path, json={"version": 2, "stock": None, "was": 40})
    assert on_demand.json["stock"] is None


def test_nobody_else_sets_a_price_not_even_the_steward(programs, goods, node):
    path = f"/spaces/farm/products/{goods.products[0]}"
    body = {"version": 1, "price": 1}
    assert programs.of("frank").asks("PATCH", path, json=body).status_code == 403
    assert programs.of("bob").asks("PATCH", path, json=body).status_code == 403
    with node.db.read() as session:
        assert session.get_one(Product, goods.products[0]).price == 3000
        tried = select(AuditRecord).where(AuditRecord.action == "market.product.price_refused")
        assert len(session.scalars(tried).all()) == 1
    # Another seller's product under one's own address is not there.
    frank = programs.of("frank")
    assert frank.asks("PATCH", path.replace("farm", "shop"), json=body).status_code == 404
