"""A catalogue goes to a program of the Data Food Consortium and back without losing anything."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.plugins.market import Unit
from wizzle.plugins.trade.dfc.rules import (
    Place,
    catalogue,
    document,
    enterprise,
    read_catalogue,
    type_of,
)
from wizzle.plugins.trade.goods.rules import Good, Unusable, dfc_quantity, from_dfc

BASE = "https://wanju.example"
AT = datetime(2026, 11, 23, tzinfo=UTC)
PLACE = Place(BASE, "완주-농부")
P = f"{BASE}/krw/api/dfc/Enterprises/%EC%99%84%EC%A3%BC-%EB%86%8D%EB%B6%80/SuppliedProducts"
CABBAGE = Good(
    uri=f"{BASE}/proposals/7", version=3, updated=AT, seller=f"{BASE}/orgs/4", name="배추",
    unit_code="head", unit_label="포기", price=3500, origin="전북 완주", producer="완주 농부",
    page=f"{BASE}/market/7", category="채소",
)  # fmt: skip
SELLER = SimpleNamespace(
    name="완주 농부", slug="완주-농부", intro="<우리> 밭", business_number="111-11-11111",
    email="a@b.kr", address="구암리 1", county="완주군", province="전북", phone="063-000-0000",
)  # fmt: skip


def sent(*goods: Good, second: bool = False) -> Any:
    graph = [*enterprise(PLACE, SELLER, goods, second=second)]
    graph += catalogue(PLACE, goods, second=second)
    return json.loads(json.dumps(document(graph, second=second)))


def by_id(document: Any) -> dict[str, Any]:
    return {node["@id"]: node for node in document["@graph"]}


variants = st.fixed_dictionaries({
    "price": st.integers(1, 100_000_000),
    "available": st.none() | st.integers(0, 1_000_000),
    "minimum": st.integers(1, 10_000),
    "step": st.integers(1, 10_000),
    "tax_class": st.sampled_from(["exempt", "taxed"]),
    "unit_code": st.sampled_from(
        ["head", "mass/1500g", "volume/500ml", "box/10000g", "3*bunch", "half*tray", "box/30pouch"]
    ),
    "origin": st.sampled_from(["", "전북 완주", "국산(충남 & 전북)"]),
    "description": st.sampled_from(["", "속이 <꽉> 찬\n배추 & 무", "한 줄"]),
    "variant": st.sampled_from(["", "대"]),
    "family": st.sampled_from(["", f"{BASE}/proposals/2"]),
    "allergens": st.sampled_from(["", "soybean,wheat"]),
    "storage": st.sampled_from(["", "냉장"]),
})  # fmt: skip


@given(st.lists(variants, min_size=1, max_size=3), st.booleans())
def test_every_field_survives_in_both_versions(changes, second):
    goods = [
        replace(CABBAGE, uri=f"{BASE}/proposals/{number}", **each)
        for number, each in enumerate(changes, 10)
    ]
    back, refused = read_catalogue(sent(*goods, second=second), AT)
    assert refused == {}
    assert back == goods


@given(st.integers(1, 1_000_000), st.integers(10, 100_000))
def test_what_is_weighed_keeps_its_price_for_a_kilogram(price, grams):
    good = replace(CABBAGE, price=price, sold_by="weight", expected_g=grams)
    if (price * grams + 500) // 1000 == 0:
        return
    back, refused = read_catalogue(sent(good), AT)
    assert (back, refused) == ([good], {})


def test_the_graph_names_each_thing_and_links_it_both_ways():
    document = sent(CABBAGE)
    nodes = by_id(document)
    product = nodes[f"{P}/7"]
    item = nodes[product["dfc-b:referencedBy"]]
    offer = nodes[item["dfc-b:offeredThrough"]]
    assert item["dfc-b:references"] == product["@id"] == offer["dfc-b:offeredItem"]
    listing = nodes[item["dfc-b:listedIn"]]
    assert listing["dfc-b:lists"] == [item["@id"]]
    owner = nodes[item["dfc-b:managedBy"]]
    assert owner["@type"] == "dfc-b:Enterprise"
    assert owner["dfc-b:supplies"] == [product["@id"]]
    assert nodes[owner["dfc-b:hasAddress"]]["dfc-b:hasCountry"].endswith("/KOR")
    assert offer["dfc-b:hasPrice"]["dfc-b:value"] == "3500"
    assert "dfc-b:hasUnit" not in offer["dfc-b:hasPrice"]
    assert offer["dfc-b:hasPrice"]["wizzle:currency"] == "KRW"


def test_stock_without_limit_is_told_as_each_version_reads_it():
    for available, first, second in ((None, "-1", None), (0, "0", "0"), (4, "4", "4")):
        good = replace(CABBAGE, available=available)
        for version, wanted in ((False, first), (True, second)):
            item = by_id(sent(good, second=version))[f"{P}/7/CatalogItem"]
            assert item.get("dfc-b:stockLimitation") == wanted


def test_what_is_sold_by_the_case_comes_with_three_nodes_that_say_so():
    document = sent(replace(CABBAGE, minimum=6, step=6, available=20))
    nodes = by_id(document)
    taken = nodes[f"{P}/7/AsPlannedConsumptionFlow"]
    made = nodes[f"{P}/7/AsPlannedProductionFlow"]
    whole = nodes[f"{P}/7/AsPlannedTransformation"]
    assert (taken["dfc-b:consumes"], taken["dfc-b:hasQuantity"]["dfc-b:value"]) == (f"{P}/7", "6")
    assert made["dfc-b:produces"] == f"{P}/7-case"
    assert (whole["dfc-b:hasIncome"], whole["dfc-b:hasOutcome"]) == (taken["@id"], made["@id"])
    assert nodes[f"{P}/7-case/Offer"]["dfc-b:hasPrice"]["dfc-b:value"] == "21000"
    assert nodes[f"{P}/7-case/CatalogItem"]["dfc-b:stockLimitation"] == "3"


def test_variants_hang_on_a_group_that_is_not_sold():
    small = replace(CABBAGE, uri=f"{BASE}/proposals/8", variant="소", family=CABBAGE.uri)
    document = sent(replace(CABBAGE, variant="대", family=CABBAGE.uri), small)
    group = by_id(document)[f"{P}/7-family"]
    assert group["dfc-b:hasVariant"] == [f"{P}/7", f"{P}/8"]
    assert len(read_catalogue(document, AT)[0]) == 2


def test_version_two_speaks_of_organisations_and_containers():
    document = sent(CABBAGE, second=True)
    types = [node["@type"] for node in document["@graph"]]
    assert "dfc-b:Organization" in types
    assert "dfc-b:Enterprise" not in types
    assert by_id(document)[P]["ldp:contains"] == [f"{P}/7"]


def foreign(**price: Any) -> dict[str, Any]:
    """A catalogue as another platform writes it: a can, and the case in which it is bought."""
    can, case = "https://shop.example/p/1", "https://shop.example/p/2"
    return {
        "@context": "https://www.datafoodconsortium.org",
        "@graph": [
            {"@id": "_:q", "@type": "dfc-b:QuantitativeValue", "dfc-b:hasUnit": "dfc-m:Kilogram",
             "dfc-b:value": "0.4"},
            {"@id": "_:p", "@type": "dfc-b:Price", "dfc-b:VATrate": "0", "dfc-b:value": 2000.0,
             "wizzle:currency": "KRW", **price},
            {"@id": "_:n", "@type": "dfc-b:QuantitativeValue", "dfc-b:value": "12"},
            {"@id": can, "@type": "dfc-b:SuppliedProduct", "dfc-b:name": "콩 통조림",
             "dfc-b:description": "<p>맛있는 <b>콩</b></p><script>x</script>",
             "dfc-b:hasQuantity": "_:q", "dfc-b:referencedBy": f"{can}/CatalogItem"},
            {"@id": f"{can}/CatalogItem", "@type": "dfc-b:CatalogItem",
             "dfc-b:offeredThrough": {"@id": f"{can}/Offer"}, "dfc-b:stockLimitation": ""},
            {"@id": f"{can}/Offer", "@type": "dfc-b:Offer", "dfc-b:hasPrice": {"@id": "_:p"}},
            {"@id": f"{can}/AsPlannedConsumptionFlow", "@type": "dfc-b:AsPlannedConsumptionFlow",
             "dfc-b:consumes": can, "dfc-b:hasQuantity": "_:n"},
            {"@id": f"{can}/AsPlannedProductionFlow", "@type": "dfc-b:AsPlannedProductionFlow",
             "dfc-b:produces": case},
            {"@id": case, "@type": "dfc-b:SuppliedProduct", "dfc-b:name": "한 상자"},
        ],
    }  # fmt: skip


def test_a_catalogue_of_another_platform_is_read():
    (good,), refused = read_catalogue(foreign(), AT)
    assert refused == {}
    assert (good.name, good.price, good.unit_code, good.unit_label) == (
        "콩 통조림", 2000, "mass/400g", "0.4 Kilogram",
    )  # fmt: skip
    assert (good.available, good.minimum, good.step) == (None, 12, 12)
    assert good.description == "맛있는 콩"


@pytest.mark.parametrize(
    ("price", "reason"),
    [
        ({"dfc-b:hasUnit": "dfc-m:Euro"}, "It is not paid in won."),
        ({"wizzle:currency": "EUR"}, "It is not paid in won."),
        ({"dfc-b:value": 20.5}, "Its price is not in whole won."),
        ({"dfc-b:VATrate": "20"}, "It does not say whether value added tax is in its price."),
        ({"dfc-b:value": None}, "A quantity of it cannot be read."),
    ],
)
def test_prices_that_are_not_won_are_refused(price, reason):
    goods, refused = read_catalogue(foreign(**price), AT)
    assert goods == []
    assert list(refused.values()) == [reason]


@pytest.mark.parametrize("bad", [None, [], {}, {"@graph": {}}, {"@graph": 3}])
def test_what_is_no_graph_is_unusable(bad):
    with pytest.raises(Unusable):
        read_catalogue(bad, AT)


@given(st.sampled_from(["head", "bag", "box", "bottle", "3*bunch", "mass/1500g", "volume/700ml"]))
def test_units_that_both_know_come_back_from_the_measure_alone(code):
    from decimal import Decimal

    name, value = dfc_quantity(code)
    assert from_dfc(name, Decimal(value)) == ("piece" if code == "head" else code)
    assert Unit.from_code(code)


@pytest.mark.parametrize(
    ("name", "category", "kind"),
    [
        ("무농약 배추", "채소", "dfc-pt:cabbage"),
        ("배", "과일", "dfc-pt:pear"),
        ("고춧가루", "양념", "dfc-pt:processed-vegetable"),
        ("무", "채소", "dfc-pt:radish"),
        ("무항생제 달걀", "축산", "dfc-pt:egg"),
        ("고구마", "채소", "dfc-pt:vegetable"),
        ("알 수 없는 것", "수산물", "dfc-pt:fishery-product"),
        ("알 수 없는 것", "", "dfc-pt:local-grocery-store"),
    ],
)
def test_kinds_of_goods_find_their_nearest_type(name, category, kind):
    assert type_of(name, category) == kind
