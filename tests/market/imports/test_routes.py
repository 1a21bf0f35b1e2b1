"""Goods from a file on the website: looked at, taken in, taken back, and by whom."""

from __future__ import annotations

import base64
import io
import re

import pytest
from sqlalchemy import func, select

from wizzle.plugins.market import Product

HEAD = "상품명,규격,가격,과세,원산지\n"
GOODS = HEAD + "감자,1kg,3000,면세,완주\n두부,한 모,2500,과세,국산\n양파,1kg,싸요,면세,완주\n"
ADDRESS = "/spaces/farm/goods/import"


def brought(text=GOODS, name="goods.csv", **more):
    return {"file": (io.BytesIO(text.encode()), name), **more}


def held(text=GOODS):
    wrapped = base64.urlsafe_b64encode(text.encode()).decode()
    return {"held": wrapped, "name": "goods.csv", "confirmed": "true"}


def count(node):
    with node.db.read() as session:
        return session.scalar(select(func.count()).select_from(Product))


def hidden(page):
    """The fields of the form that confirms."""
    form = page.text.partition('id="confirm"')[2].partition("</form>")[0]
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))


def test_erin_looks_first_confirms_and_takes_it_back(as_, node, client):
    erin = as_("erin")
    preview = erin.post(ADDRESS, data=brought(), content_type="multipart/form-data")
    assert preview.status_code == 200
    assert count(node) == 0
    assert "양파" in preview.text
    done = erin.post(ADDRESS, data=hidden(preview))
    assert done.status_code == 302
    assert count(node) == 2
    report = erin.get(done.location)
    assert "감자" in report.text
    assert "감자" in client.get("/market").text
    undone = erin.post(f"{done.location}/undo")
    assert undone.status_code == 200
    assert count(node) == 0
    assert erin.post(f"{done.location}/undo").status_code == 409


@pytest.mark.parametrize("who", ["alice", "charlie", "frank"])
def test_nobody_else_brings_or_takes_back_her_goods(as_, node, who):
    done = as_("erin").post(ADDRESS, data=held())
    other = as_(who)
    assert other.get(ADDRESS).status_code == 403
    assert other.post(ADDRESS, data=held()).status_code == 403
    assert other.get(done.location).status_code == 403
    assert other.post(f"{done.location}/undo").status_code == 403
    assert other.get("/market/imports").status_code == 403
    assert count(node) == 2


def test_she_cannot_bring_goods_of_another(as_, node, cast):
    cast.space("other_farm")
    text = "생산자," + HEAD + "진안마을 주식회사,감자,1kg,3000,면세,진안\n"
    page = as_("erin").post(ADDRESS, data=held(text))
    assert page.status_code == 302
    assert count(node) == 0


def test_she_cannot_make_producers_through_her_own_page(as_, node):
    from wizzle.core.models import Space

    text = "name,province,county\n새 생산자,전북,완주\n"
    as_("erin").post(ADDRESS, data={**held(text), "kind": "producers"})
    with node.db.read() as session:
        assert session.scalar(select(Space.id).where(Space.name == "새 생산자")) is None


def test_the_steward_brings_anybodys_goods_but_changes_no_price(as_, node):
    as_("erin").post(ADDRESS, data=held())
    bob = as_("bob")
    cheaper = HEAD + "감자,1kg,1000,면세,완주\n가지,1kg,1000,면세,완주\n"
    assert bob.post(ADDRESS, data=held(cheaper)).status_code == 302
    with node.db.read() as session:
        prices = dict(session.execute(select(Product.name, Product.price)).all())
    assert prices == {"감자": 3000, "두부": 2500, "가지": 1000}
    text = "name,province,county\n새 생산자,전북,완주\n"
    made = bob.post("/market/imports", data={**held(text), "kind": "producers"})
    assert made.status_code == 302
    assert "새 생산자" in bob.get(made.location).text


def test_what_is_no_table_is_said_at_the_field(as_, node):
    erin = as_("erin")
    for sent in (
        {},
        {"held": "!!!", "confirmed": "true"},
        {"held": "", "confirmed": "true"},
        brought("kein Kopf\nnichts\n"),
        brought("x" * (1024 * 1024 + 1)),
        {"file": (io.BytesIO(b"PK\x03\x04bomb"), "a.xlsx")},
    ):
        page = erin.post(ADDRESS, data=sent, content_type="multipart/form-data")
        assert page.status_code == 422
        assert "f-file" in page.text
    assert count(node) == 0


def test_the_steward_finds_the_page_and_nobody_else(as_):
    assert "/market/imports" in as_("bob").get("/me").text
    assert "/market/imports" not in as_("erin").get("/me").text


def test_names_in_a_file_cannot_carry_markup(as_):
    evil = "<script>alert(1)</script>"
    text = HEAD + f'"{evil}",1kg,3000,면세,완주\n"{evil}",1kg,x,면세,완주\n'
    erin = as_("erin")
    name = '"><script>x</script>.csv'
    preview = erin.post(ADDRESS, data=brought(text, name), content_type="multipart/form-data")
    done = erin.post(ADDRESS, data=held(text))
    for page in (preview, erin.get(done.location), erin.get(ADDRESS)):
        assert "<script>alert" not in page.text
        assert "<script>x" not in page.text
