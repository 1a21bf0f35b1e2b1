"""A good goes to another node as a proposal and comes back with every field as it was."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wizzle.plugins.market import ALLERGENS, CERTIFICATIONS, UNIT_KINDS, Unit
from wizzle.plugins.trade.goods.rules import (
    LENGTHS,
    Good,
    Unusable,
    from_om,
    from_proposal,
    om_quantity,
    one_line,
    to_proposal,
)

BASE = "https://wanju.example"
SELLER = f"{BASE}/orgs/4"
URI = f"{BASE}/proposals/7"
CABBAGE = Good(
    uri=URI, version=3, updated=datetime(2026, 11, 23, tzinfo=UTC), seller=SELLER,
    name="배추", unit_code="head", unit_label="포기", price=3500, origin="전북 완주",
    producer="완주로컬푸드", page=f"{BASE}/products/7",
)  # fmt: skip


def read(document: Any, version: int = 3) -> Good:
    return from_proposal(document, uri=URI, seller=SELLER, version=version)


def sent(**changes: Any) -> dict[str, Any]:
    """The cabbage as it goes over the wire."""
    document = json.loads(json.dumps(to_proposal(CABBAGE, BASE)))
    for path, value in changes.items():
        *before, last = path.split("__")
        place = document
        for step in before:
            place = place[step]
        if value is None:
            del place[last]
        else:
            place[last] = value
    return document


signs = st.characters(exclude_categories=("C", "Z"), exclude_characters="<&")


def words(name: str, least: int = 0) -> st.SearchStrategy[str]:
    most = LENGTHS[name]
    text = st.text(signs | st.just(" "), min_size=least, max_size=most).map(one_line)
    return text.filter(lambda each: least <= len(each) <= most)


counted = [code for code, kind in UNIT_KINDS.items() if not kind.measured]
units = st.one_of(
    st.integers(1, 10**8).map(lambda size: Unit("mass", size=size, measure="g")),
    st.integers(1, 10**8).map(lambda size: Unit("volume", size=size, measure="ml")),
    st.builds(
        lambda kind, count, holds: Unit(kind, count, size=holds[0], measure=holds[1]),
        st.sampled_from(counted),
        st.integers(1, 10_000),
        st.sampled_from([(None, None), (500, "g"), (30, "pouch"), (1500, "ml")]),
    ),
    st.sampled_from(counted).map(lambda kind: Unit(kind, half=True)),
)


@st.composite
def goods(draw: st.DrawFn) -> Good:
    weighed = draw(st.booleans())
    certified = draw(st.booleans())
    unit = draw(units.filter(lambda each: not (weighed and each.measured)))
    return Good(
        uri=URI,
        version=draw(st.integers(1, 2**31 - 1)),
        updated=draw(
            st.datetimes(datetime(2026, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC))
        ),
        seller=SELLER,
        name=draw(words("name", 1))[:37].strip(),  # the longest variant fits behind it
        unit_code=unit.code,
        unit_label=draw(words("unit_label", 1)),
        price=draw(st.integers(1, 100_000_000)),
        producer=draw(words("producer")),
        description="\n".join(
            filter(None, draw(st.lists(st.text(max_size=40).map(one_line), max_size=3)))
        ),
        category=draw(words("category")),
        tax_class=draw(st.sampled_from(["exempt", "taxed"])),
        origin=draw(words("origin")),
        storage=draw(words("storage")),
        available=draw(st.none() | st.integers(0, 1_000_000)),
        minimum=draw(st.integers(1, 10_000)),
        step=draw(st.integers(1, 10_000)),
        variant=draw(words("variant")),
        family=draw(st.sampled_from(["", f"{BASE}/proposals/2"])),
        sold_by="weight" if weighed else "piece",
        expected_g=draw(st.integers(10, 100_000)) if weighed else None,
        allergens=",".join(
            code for code in ALLERGENS if code in draw(st.sets(st.sampled_from([*ALLERGENS])))
        ),
        certification=draw(st.sampled_from([*CERTIFICATIONS])) if certified else "",
        certificate_number=draw(words("certificate_number")) if certified else "",
        certificate_until=draw(st.dates(date(2026, 1, 1), date(2036, 1, 1))) if certified else None,
        page=f"{BASE}/products/7",
        picture=draw(st.sampled_from(["", f"{BASE}/pictures/abc/large"])),
    )  # fmt: skip


@settings(max_examples=60)
@given(goods())
def test_every_field_survives_the_way_to_another_node(good):
    document = json.loads(json.dumps(to_proposal(good, BASE)))
    back = from_proposal(document, uri=good.uri, seller=good.seller, version=good.version)
    assert {field.name: getattr(back, field.name) for field in fields(Good)} == {
        field.name: getattr(good, field.name) for field in fields(Good)
    }


def test_unlimited_and_sold_out_stay_two_things():
    for available in (None, 0, 5):
        back = read(to_proposal(replace(CABBAGE, available=available), BASE))
        assert back.available == available


@given(units)
def test_a_measured_unit_is_read_back_from_its_om_words_alone(unit):
    name, amount = om_quantity(unit.code)
    from decimal import Decimal

    back = from_om(name, Decimal(amount))
    assert back == (unit.code if unit.measured else "piece")


def test_a_reader_who_knows_only_the_proposal_sees_what_it_is_and_costs():
    document = to_proposal(replace(CABBAGE, description="속이 꽉 찬\n<b>배추</b>"), BASE)
    assert document["name"] == "배추"
    assert document["url"] == f"{BASE}/products/7"
    assert "3,500 KRW / 포기" in document["content"]
    assert "&lt;b&gt;" in document["content"]
    assert document["publishes"]["id"] == f"{URI}#primary"
    assert document["reciprocal"]["resourceQuantity"] == {
        "hasUnit": "one", "hasNumericalValue": "3500",
    }  # fmt: skip


def test_a_proposal_without_our_terms_is_read_by_those_of_the_fep():
    plain = {
        name: value for name, value in sent().items() if not name.startswith("wizzle:")
    } | {"wizzle:taxClass": "taxed"}  # fmt: skip
    plain["publishes"]["resourceQuantity"] = {"hasUnit": "kilogram", "hasNumericalValue": "1.5"}
    plain["publishes"]["minimumQuantity"] = {"hasUnit": "kilogram", "hasNumericalValue": "3"}
    plain["publishes"]["availableQuantity"] = {"hasUnit": "kilogram", "hasNumericalValue": "10"}
    good = read(plain)
    assert (good.unit_code, good.unit_label) == ("mass/1500g", "1.5 kilogram")
    assert (good.minimum, good.available, good.price, good.tax_class) == (2, 6, 3500, "taxed")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"type": "Note"}, "It is not an offer."),
        ({"purpose": "request"}, "It is not an offer."),
        ({"id": f"{BASE}/proposals/8"}, "It belongs to somebody else."),
        ({"attributedTo": f"{BASE}/orgs/5"}, "It belongs to somebody else."),
        ({"wizzle:version": 4}, "Its version is not the one that was announced."),
        ({"wizzle:currency": "EUR"}, "It is not paid in won."),
        ({"reciprocal__resourceConformsTo": "https://www.wikidata.org/wiki/Q4916"},
         "It is not paid in won."),
        ({"reciprocal__resourceConformsTo": None}, "It is not paid in won."),
        ({"reciprocal": None}, "It does not say what is handed over for what."),
        ({"publishes__action": "deliverService"}, "It does not say what is handed over for what."),
        ({"reciprocal__resourceQuantity__hasNumericalValue": "3500.5"},
         "Its price is not in whole won."),
        ({"reciprocal__resourceQuantity__hasNumericalValue": "0"},
         "Its price is out of all bounds."),
        ({"reciprocal__resourceQuantity__hasNumericalValue": "9" * 20},
         "Its price is out of all bounds."),
        ({"reciprocal__resourceQuantity__hasNumericalValue": "9" * 21},
         "A quantity of it cannot be read."),
        ({"reciprocal__resourceQuantity__hasNumericalValue": "1e5"},
         "A quantity of it cannot be read."),
        ({"reciprocal__resourceQuantity__hasNumericalValue": "-1"},
         "A quantity of it cannot be read."),
        ({"reciprocal__resourceQuantity__hasNumericalValue": "٣"},
         "A quantity of it cannot be read."),
        ({"reciprocal__resourceQuantity__hasNumericalValue": 3500.0},
         "A quantity of it cannot be read."),
        ({"reciprocal__resourceQuantity__hasNumericalValue": True},
         "A quantity of it cannot be read."),
        ({"unitBased": False}, "It is not sold by units."),
        ({"wizzle:unit": "crate"}, "Its unit is not known here."),
        ({"wizzle:unit": ["head"]}, "Its unit is not known here."),
        ({"publishes__resourceQuantity__hasUnit": "kilogram"}, "It names two different units."),
        ({"wizzle:step": 0}, "Its step cannot be ordered here."),
        ({"wizzle:step": True}, "Its step cannot be ordered here."),
        ({"publishes__minimumQuantity__hasNumericalValue": "0"},
         "Its smallest quantity cannot be ordered here."),
        ({"publishes__minimumQuantity__hasNumericalValue": "1.5"},
         "Its smallest quantity cannot be ordered here."),
        ({"wizzle:name": ""}, "A text of it is missing or too long."),
        ({"wizzle:name": "가" * 81}, "A text of it is missing or too long."),
        ({"wizzle:name": {"ko": "배추"}}, "A text of it is missing or too long."),
        ({"wizzle:name": "<p></p>"}, "A text of it is missing or too long."),
        ({"wizzle:origin": "가" * 5_000}, "A text of it is missing or too long."),
        ({"wizzle:taxClass": None}, "It does not say whether value added tax is in its price."),
        ({"wizzle:taxClass": ["exempt"]},
         "It does not say whether value added tax is in its price."),
        ({"wizzle:allergens": ["egg", "gluten"]}, "Its allergens are not known here."),
        ({"wizzle:allergens": "egg"}, "Its allergens are not known here."),
        ({"wizzle:allergens": [["egg"]]}, "Its allergens are not known here."),
        ({"wizzle:catchWeight": {"perKilogram": "3500", "expectedGrams": 5}},
         "It does not say what one piece weighs."),
        ({"wizzle:catchWeight": {"perKilogram": "9000", "expectedGrams": 1000}},
         "It names two different prices."),
        ({"updated": "yesterday"}, "It does not say when it was changed."),
        ({"updated": None}, "It does not say when it was changed."),
    ],
)  # fmt: skip
def test_what_cannot_be_relied_on_is_refused_with_its_reason(changes, reason):
    with pytest.raises(Unusable) as caught:
        read(sent(**changes))
    assert str(caught.value) == reason


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)  # fmt: skip


@given(st.sampled_from(sorted(sent())), json_values)
def test_whatever_stands_in_a_field_is_read_or_refused_and_nothing_else(field, value):
    document = {**sent(), field: value}
    try:
        good = read(document)
    except Unusable:
        return
    assert good.price == 3500
    # Without the exact unit there is that of the quantity: one piece.
    assert good.unit_code == ("piece" if field == "wizzle:unit" else "head")


@given(st.sampled_from(["publishes", "reciprocal"]), st.data(), json_values)
def test_whatever_stands_in_an_intent_is_read_or_refused(name, data, value):
    document = sent()
    document[name][data.draw(st.sampled_from(sorted(document[name])))] = value
    try:
        good = read(document)
    except Unusable:
        return
    assert 1 <= good.price <= 100_000_000
    assert good.available is None or 0 <= good.available <= 1_000_000


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("배추 <b>특</b>", "배추 특"),
        ("<script>alert(1)</script>배추", "배추"),
        ("<style>p{}</style >배추<img src=x onerror=alert(1)>", "배추"),
        ("사과 <5kg> & 배", "사과 <5kg> & 배"),
        ("사과 <특> 3 < 5", "사과 <특> 3 < 5"),
        ("A&amp;B&lt;c&gt;", "A&B<c>"),
        ("배추\u202e\u200b\x00", "배추"),
        ("<", "<"),
        ("<b", ""),
        ("배추<!-- 숨은 말 -->", "배추"),
    ],
)
def test_names_are_plain_text(html, text):
    assert one_line(html) == text


def test_a_long_run_of_signs_is_read_in_a_moment():
    for sign in ("<", "<a", "&", "<script>", "</", "&#"):
        assert len(one_line(sign * 20_000)) <= 40_000


def test_addresses_of_other_places_are_left_out():
    document = sent(url="https://evil.example/", image={"type": "Image", "url": "javascript:x"})
    assert (read(document).page, read(document).picture) == ("", "")
