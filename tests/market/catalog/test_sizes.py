"""Sizes of one good, goods by weight, labels and certificates: what sellers and residents see."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from wizzle.plugins.market import Product
from wizzle.plugins.market.accounts.models import Container

NEW = "/spaces/farm/goods/new"
TYPED = {
    "name": "사과", "category": "과일", "unit": "1box", "price": "3만원", "tax_class": "exempt",
    "origin": "전북 완주", "minimum": "1", "step": "1", "description": "",
}  # fmt: skip
HEN = {**TYPED, "name": "토종닭", "unit": "마리", "price": "12,900", "sold_by": "weight",
       "expected": "1.2kg"}  # fmt: skip


@pytest.fixture
def erin(as_, cast):
    cast.space("farm")
    return as_("erin")


def all_goods(node):
    with node.db.read() as session:
        found = session.scalars(select(Product).order_by(Product.id)).all()
        session.expunge_all()
        return found


def test_another_size_joins_the_family_and_each_page_shows_both(erin, client, node):
    erin.post(NEW, data={**TYPED, "variant": "대"})
    begun = erin.get(f"{NEW}?like=1")
    assert 'value="사과"' in begun.text
    made = erin.post(f"{NEW}?like=1", data={**TYPED, "price": "2만원", "variant": "소"})
    assert made.status_code == 302
    assert [each.family_id for each in all_goods(node)] == [1, 1]
    for product_id in (1, 2):
        page = client.get(f"/market/{product_id}").text
        assert "30,000원" in page
        assert "20,000원" in page
        assert 'aria-current="page"' in page.partition('class="sizes"')[2]
    listing = client.get("/market").text
    assert "사과 (대)" in listing
    assert "사과 (소)" in listing


def test_another_size_needs_its_name_and_the_same_one_is_refused(erin, node):
    erin.post(NEW, data={**TYPED, "variant": "대"})
    nameless = erin.post(f"{NEW}?like=1", data=TYPED)
    assert nameless.status_code == 422
    assert 'id="f-variant-error"' in nameless.text
    twin = erin.post(f"{NEW}?like=1", data={**TYPED, "variant": "대"})
    assert twin.status_code == 409
    assert len(all_goods(node)) == 1


def test_name_and_size_fit_on_the_line_of_an_order(erin):
    page = erin.post(NEW, data={**TYPED, "name": "가" * 60, "variant": "나" * 30})
    assert page.status_code == 422
    assert 'id="f-variant-error"' in page.text


def test_a_size_of_anothers_good_is_none(erin, shelve):
    other = shelve("배", seller="other_farm")
    assert erin.get(f"{NEW}?like={other}").status_code == 404


def test_goods_by_weight_say_what_they_will_cost_about(erin, client, node):
    assert erin.post(NEW, data=HEN).status_code == 302
    [hen] = all_goods(node)
    assert (hen.price, hen.sold_by, hen.expected_g) == (12_900, "weight", 1_200)
    page = client.get("/market/1").text
    for words in ("예상", "15,480원", "약 1.2kg, 1kg에 12,900원", "1.44kg"):
        assert words in page
    assert "15,480원" in client.get("/market").text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"expected": ""}, "expected"),
        ({"expected": "무거움"}, "expected"),
        ({"unit": "1kg"}, "unit"),
    ],
)
def test_what_lacks_for_goods_by_weight_is_said_at_its_field(erin, node, typed, field):
    page = erin.post(NEW, data={**HEN, **typed})
    assert page.status_code == 422
    assert f'id="f-{field}-error"' in page.text
    assert not all_goods(node)


def test_allergens_are_ticked_shown_and_kept_ticked(erin, client, product):
    erin.post(NEW, data={**TYPED, "allergens": ["wheat", "milk", "made-up"]})
    assert product(1).allergens == "milk,wheat"
    assert "우유, 밀" in client.get("/market/1").text
    form = erin.get("/spaces/farm/goods/1").text
    assert 'value="milk" checked' in form
    assert 'value="egg" checked' not in form


def test_a_certificate_comes_whole_or_not_at_all(erin, product):
    page = erin.post(NEW, data={**TYPED, "certification": "organic"})
    assert page.status_code == 422
    assert 'id="f-certificate_number-error"' in page.text
    assert 'id="f-certificate_until-error"' in page.text
    whole = {
        "certification": "organic",
        "certificate_number": "15-1",
        "certificate_until": "2099-05-01",
    }
    assert erin.post(NEW, data={**TYPED, **whole}).status_code == 302
    assert product(1).certificate_until == date(2099, 5, 1)


def test_a_certificate_that_has_run_out_is_not_shown_and_its_seller_is_told(erin, client, shelve):
    shelve(certification="organic", certificate_number="15-1", certificate_until=date(2020, 1, 1))
    assert "유기농" not in client.get("/market/1").text
    assert "인증 기간이 지났어요" in erin.get("/spaces/farm/goods").text


def test_a_valid_certificate_is_shown(client, shelve):
    shelve(certification="organic", certificate_number="15-1", certificate_until=date(2099, 1, 1))
    page = client.get("/market/1").text
    assert "유기농" in page
    assert "15-1" in page


def test_storage_is_a_choice_and_old_words_stay(erin, shelve, product):
    old, other = shelve(storage="상온"), shelve("배추", storage="그늘지고 서늘한 곳")
    form = {
        **TYPED,
        "name": "햇감자",
        "category": "채소",
        "unit": "1kg",
        "price": "3000",
        "version": 1,
    }
    assert (
        erin.post(f"/spaces/farm/goods/{old}", data={**form, "storage": "room"}).status_code == 302
    )
    assert product(old).storage == "상온", "the same in other words is no change"
    page = erin.get(f"/spaces/farm/goods/{other}").text
    assert 'value="그늘지고 서늘한 곳"' in page
    erin.post(f"/spaces/farm/goods/{other}", data={**form, "name": "배추", "storage": "frozen"})
    assert product(other).storage == "냉동"


def test_a_container_is_chosen_and_its_deposit_told(erin, client, node, product):
    with node.db.write() as session:
        session.add(Container(name="유리병", deposit=500))
    assert erin.post(NEW, data={**TYPED, "container_id": "77"}).status_code == 422
    assert erin.post(NEW, data={**TYPED, "container_id": "1"}).status_code == 302
    assert product(1).container_id == 1
    assert "보증금 500원" in client.get("/market/1").text


def test_a_simple_product_stays_simple(erin):
    page = erin.get(NEW).text
    assert page.count('<details class="group">') == 6
    assert '<details class="group" open' not in page


def test_what_was_typed_in_a_group_stays_and_the_group_opens(erin):
    page = erin.post(
        NEW, data={**HEN, "price": "비쌈", "allergens": "chicken", "storage": "cool"}
    ).text
    assert 'value="1.2kg"' in page
    assert 'value="chicken" checked' in page
    assert page.count('<details class="group" open>') == 3
