"""A seller's own goods: who may look after them, and what two windows do to each other."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from sqlalchemy import select, update

from wizzle.core.models import AuditRecord, Picture
from wizzle.plugins.market import Product

TYPED = {
    "name": "햇감자", "category": "채소", "unit": "1kg", "price": "3,000원", "tax_class": "exempt",
    "origin": "전북 완주", "minimum": "1", "step": "1", "description": "",
}  # fmt: skip


def audited(node, action):
    with node.db.read() as session:
        return session.execute(
            select(AuditRecord.person_id, AuditRecord.subject_id, AuditRecord.details).where(
                AuditRecord.action == action
            )
        ).all()


def test_erin_offers_a_product_as_she_would_write_it(as_, cast, client, product):
    cast.space("farm")
    erin = as_("erin")
    made = erin.post(
        "/spaces/farm/goods/new",
        data={**TYPED, "unit": "한 단", "price": "3만5천", "stock": "", "minimum": "2"},
    )
    assert made.status_code == 302
    offered = product(1)
    assert (offered.price, offered.unit_code, offered.unit_label) == (35_000, "bunch", "한 단")
    assert (offered.stock, offered.minimum, offered.listed) == (None, 2, True)
    assert "35,000원" in client.get("/market/1").text


@pytest.mark.parametrize(("field", "typed"), [("price", "비쌈"), ("stock", "많이")])
def test_what_cannot_be_read_is_said_at_its_field_and_all_stays_typed(as_, node, field, typed):
    page = as_("erin").post("/spaces/farm/goods/new", data={**TYPED, field: typed})
    assert page.status_code == 422
    assert f'id="f-{field}-error"' in page.text
    assert f'value="{typed}"' in page.text
    assert 'value="전북 완주"' in page.text
    with node.db.read() as session:
        assert session.scalar(select(Product.id)) is None


def test_everything_wrong_is_said_at_once(as_):
    page = as_("erin").post("/spaces/farm/goods/new", data={})
    wrong = set(re.findall(r'id="f-(\w+)-error"', page.text))
    assert {"name", "price", "unit", "origin", "category", "tax_class"} <= wrong


def test_the_same_product_twice_is_refused(as_, shelve):
    shelve()
    page = as_("erin").post("/spaces/farm/goods/new", data=TYPED)
    assert page.status_code == 409
    assert 'value="3,000원"' in page.text


@pytest.mark.parametrize("who", ["alice", "charlie", "dana", "frank"])
def test_nobody_else_looks_after_her_goods(as_, shelve, product, who):
    mine = shelve()
    other = as_(who)
    for address in ("/spaces/farm/goods", "/spaces/farm/goods/new", f"/spaces/farm/goods/{mine}"):
        assert other.get(address).status_code == 403
    assert other.post(f"/spaces/farm/goods/{mine}", data=TYPED).status_code == 403
    assert other.post("/spaces/farm/goods/new", data=TYPED).status_code == 403
    assert other.post(f"/spaces/farm/goods/{mine}/stock", data={"stock": "0"}).status_code == 403
    assert other.post(f"/spaces/farm/goods/{mine}/listed", data={}).status_code == 403
    assert (product(mine).stock, product(mine).listed, product(mine).version) == (10, True, 1)


def test_a_stranger_is_sent_to_log_in(client, shelve):
    shelve()
    answer = client.get("/spaces/farm/goods")
    assert answer.status_code == 302
    assert "/log-in" in answer.location


def test_one_cannot_reach_another_sellers_product_through_ones_own_page(as_, shelve, product):
    theirs = shelve(seller="other_farm")
    erin = as_("erin")
    assert erin.get(f"/spaces/farm/goods/{theirs}").status_code == 404
    sent = {**TYPED, "version": "1", "price": "1"}
    assert erin.post(f"/spaces/farm/goods/{theirs}", data=sent).status_code == 404
    assert erin.post(f"/spaces/farm/goods/{theirs}/listed", data={}).status_code == 404
    stock = {"stock": "0", "was": "10"}
    assert erin.post(f"/spaces/farm/goods/{theirs}/stock", data=stock).status_code == 404
    assert (product(theirs).price, product(theirs).stock, product(theirs).listed) == (
        3000,
        10,
        True,
    )


def test_a_hub_has_no_goods(as_, cast):
    cast.space("hub")
    assert as_("bob").get("/spaces/hub/goods").status_code == 404


def test_the_price_is_the_sellers_and_its_change_is_written_down(as_, node, shelve, product, cast):
    mine = shelve()
    sent = {**TYPED, "version": "1", "price": "3500원"}
    assert as_("erin").post(f"/spaces/farm/goods/{mine}", data=sent).status_code == 302
    assert (product(mine).price, product(mine).version) == (3500, 2)
    assert audited(node, "market.product.changed") == [
        (cast.person("erin").id, mine, {"price": [3000, 3500]})
    ]


def test_not_even_the_steward_changes_a_price_but_all_else(as_, node, shelve, product, cast):
    mine = shelve()
    bob = as_("bob")
    page = bob.post(
        f"/spaces/farm/goods/{mine}",
        data={**TYPED, "version": "1", "price": "2,500원", "origin": "완주 고산"},
    )
    assert page.status_code == 403
    assert "2,500원" in page.text
    assert (product(mine).price, product(mine).origin, product(mine).version) == (
        3000, "전북 완주", 1,
    )  # fmt: skip
    assert audited(node, "market.product.price_refused") == [
        (cast.person("bob").id, mine, {"price": [3000, 2500]})
    ]
    kept = {**TYPED, "version": "1", "price": "3000", "origin": "완주 고산"}
    assert bob.post(f"/spaces/farm/goods/{mine}", data=kept).status_code == 302
    assert (product(mine).price, product(mine).origin) == (3000, "완주 고산")
    history = as_("erin").get(f"/spaces/farm/goods/{mine}").text
    assert "3,000 → 2,500" in history
    assert "보배" in history


def test_of_two_windows_the_second_is_told_and_keeps_what_was_typed(as_, shelve, product):
    mine = shelve()
    erin = as_("erin")
    first = {**TYPED, "version": "1", "price": "3100"}
    second = {**TYPED, "version": "1", "description": "오늘 아침에 캤어요"}
    assert erin.post(f"/spaces/farm/goods/{mine}", data=first).status_code == 302
    late = erin.post(f"/spaces/farm/goods/{mine}", data=second)
    assert late.status_code == 409
    assert "오늘 아침에 캤어요" in late.text
    assert (product(mine).price, product(mine).description) == (3100, "")


def test_saving_without_a_change_changes_nothing(as_, shelve, product):
    mine = shelve()
    same = {**TYPED, "version": "1"}
    assert as_("erin").post(f"/spaces/farm/goods/{mine}", data=same).status_code == 302
    assert product(mine).version == 1


def test_the_edit_page_shows_what_stands(as_, shelve):
    mine = shelve(description="흙째 담았어요", minimum=2)
    page = as_("erin").get(f"/spaces/farm/goods/{mine}").text
    for value in ("햇감자", "3000", "1kg", "전북 완주", "채소"):
        assert f'value="{value}"' in page
    assert "흙째 담았어요" in page


def test_stock_is_counted_on_the_list(as_, shelve, product):
    mine = shelve(stock=10)
    erin = as_("erin")
    address = f"/spaces/farm/goods/{mine}/stock"
    assert erin.post(address, data={"stock": "25", "was": "10"}).status_code == 302
    assert product(mine).stock == 25
    assert erin.post(address, data={"stock": "", "was": "25"}).status_code == 302
    assert product(mine).stock is None
    assert erin.post(address, data={"stock": "7", "was": ""}).status_code == 302
    assert product(mine).stock == 7


def test_stock_that_was_sold_meanwhile_is_not_put_back(as_, node, shelve, product):
    mine = shelve(stock=10)
    erin = as_("erin")
    with node.db.write() as session:
        session.execute(update(Product).where(Product.id == mine).values(stock=4))
    late = erin.post(f"/spaces/farm/goods/{mine}/stock", data={"stock": "12", "was": "10"})
    assert late.status_code == 409
    assert 'value="12"' in late.text
    assert product(mine).stock == 4


@pytest.mark.parametrize("typed", ["-1", "많아요", "1.5", "9999999"])
def test_a_stock_that_is_none_is_refused(as_, shelve, product, typed):
    mine = shelve(stock=10)
    sent = {"stock": typed, "was": "10"}
    page = as_("erin").post(f"/spaces/farm/goods/{mine}/stock", data=sent)
    assert page.status_code == 409
    assert product(mine).stock == 10


def test_taken_off_and_put_back(as_, client, shelve, product):
    mine = shelve()
    erin = as_("erin")
    erin.post(f"/spaces/farm/goods/{mine}/listed", data={"listed": "no"})
    assert not product(mine).listed
    assert "햇감자" not in client.get("/market").text
    assert "햇감자" in erin.get("/spaces/farm/goods").text
    erin.post(f"/spaces/farm/goods/{mine}/listed", data={"listed": "yes"})
    assert "햇감자" in client.get("/market").text


def photograph():
    picture = io.BytesIO()
    Image.new("RGB", (640, 480), "orange").save(picture, "JPEG")
    return io.BytesIO(picture.getvalue())


def test_a_picture_comes_with_words_for_those_who_cannot_see_it(as_, client, node, product):
    erin = as_("erin")
    sent = {**TYPED, "caption": "상자에 담긴 감자", "picture": (photograph(), "감자.jpg")}
    made = erin.post("/spaces/farm/goods/new", data=sent, content_type="multipart/form-data")
    assert made.status_code == 302
    page = client.get("/market/1").text
    assert 'alt="상자에 담긴 감자"' in page
    assert "<img" in client.get("/market").text
    again = {**TYPED, "version": "1", "caption": "물에 씻은 감자"}
    assert erin.post("/spaces/farm/goods/1", data=again).status_code == 302
    assert 'alt="물에 씻은 감자"' in client.get("/market/1").text
    with node.db.read() as session:
        assert session.scalar(select(Picture.id)) == product(1).picture_id


def test_what_is_no_picture_is_refused_at_its_field(as_, node):
    sent = {**TYPED, "picture": (io.BytesIO(b"<svg onload=alert(1)>"), "a.svg")}
    page = as_("erin").post("/spaces/farm/goods/new", data=sent, content_type="multipart/form-data")
    assert page.status_code == 422
    assert 'id="f-picture-error"' in page.text
    with node.db.read() as session:
        assert session.scalar(select(Product.id)) is None


def test_the_list_costs_the_same_queries_with_more_goods(as_, shelve, fill, queries):
    shelve()
    erin = as_("erin")
    erin.get("/spaces/farm/goods")
    with queries() as few:
        erin.get("/spaces/farm/goods")
    fill(200)
    with queries() as many:
        page = erin.get("/spaces/farm/goods")
    assert len(few) == len(many)
    assert page.text.count('class="head"') == 50
    assert 'rel="next"' in page.text


def test_her_page_shows_the_goods_and_only_her_the_way_in(as_, client, shelve):
    shelve()
    assert "햇감자" in client.get("/spaces/farm").text
    assert "/spaces/farm/goods" not in client.get("/spaces/farm").text
    assert "/spaces/farm/goods" in as_("erin").get("/spaces/farm").text
    assert "/spaces/farm/goods" in as_("erin").get("/me").text
