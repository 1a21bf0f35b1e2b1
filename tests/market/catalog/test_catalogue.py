"""The catalogue as a stranger sees it: what stands on a page, and what a page costs."""

from __future__ import annotations

import re
from html import unescape

import pytest
from sqlalchemy import update

from wizzle.plugins.market import Product


def names(page):
    return [unescape(name) for name in re.findall(r'class="tile-name"[^>]*>([^<]*)<', page.text)]


def walk(client, address):
    """Every name from the first page to the last, by the links that a person presses."""
    seen = []
    while address:
        page = client.get(address)
        assert page.status_code == 200
        seen.append(names(page))
        following = re.search(r'rel="next" href="([^"]+)"', page.text)
        address = unescape(following[1]) if following else None
    return seen


def test_goods_are_shown_by_name_with_price_unit_and_seller(client, shelve):
    shelve("하지감자", price=14500, unit_label="5kg")
    shelve("가지", price=990, unit_label="3개")
    page = client.get("/market")
    assert names(page) == ["가지", "하지감자"]
    assert "14,500원" in page.text
    assert "5kg" in page.text
    assert "완주로컬푸드협동조합" in page.text


def test_nothing_is_lost_or_shown_twice_from_page_to_page(client, fill, shelve):
    fill(45)
    for twin in range(25):  # one name in several units: only the id tells them apart
        shelve("상품 00007", unit_code=f"mass/{twin + 1}g", unit_label=f"{twin + 1}g")
    pages = walk(client, "/market")
    shown = [name for page in pages for name in page]
    assert [len(page) for page in pages] == [20, 20, 20, 10]
    assert shown == sorted(shown)
    assert sorted(shown) == sorted([f"상품 {n:05d}" for n in range(45)] + ["상품 00007"] * 25)


def test_filters_by_category_seller_and_words(client, shelve):
    shelve("햇감자")
    shelve("감자떡", category="가공식품", seller="other_farm")
    shelve("사과", category="과일", seller="other_farm")
    assert names(client.get("/market?category=채소")) == ["햇감자"]
    assert names(client.get("/market?seller=other_farm")) == ["감자떡", "사과"]
    assert names(client.get("/market?q=감자")) == ["감자떡", "햇감자"]
    assert names(client.get("/market?q=진안마을&category=과일")) == ["사과"]
    assert names(client.get("/market", query_string={"q": "  감자  "})) == ["감자떡", "햇감자"]


def test_signs_of_patterns_are_searched_as_they_are(client, shelve):
    shelve("100% 사과즙")
    shelve("사과_햇것", unit_code="box", unit_label="박스")
    shelve("사과")
    assert names(client.get("/market", query_string={"q": "%"})) == ["100% 사과즙"]
    assert names(client.get("/market", query_string={"q": "_"})) == ["사과_햇것"]
    assert names(client.get("/market", query_string={"q": "/"})) == []


def test_a_place_that_somebody_made_up_is_no_error(client, shelve):
    shelve()
    for asked in ("", "x", "5", "~", "99999999999999999999~감자", "-1~감자", "1~\x00"):
        page = client.get("/market", query_string={"after": asked})
        assert page.status_code == (400 if "\0" in asked else 200), asked


def test_unknown_seller_is_not_found(client):
    assert client.get("/market?seller=nobody").status_code == 404


def test_what_is_off_the_list_is_not_shown(client, as_, shelve):
    gone = shelve("묵은 감자")
    as_("erin").post(f"/spaces/farm/goods/{gone}/listed", data={"listed": "no"})
    assert names(client.get("/market")) == []
    assert names(client.get("/")) == []
    page = client.get(f"/market/{gone}")
    assert page.status_code == 200
    assert "묵은 감자" in page.text
    assert "basket" not in page.text.partition("<main")[2].partition("</main>")[0]


def test_sold_out_and_almost_gone_are_said(client, shelve):
    shelve("감자", stock=0)
    shelve("고추", stock=3)
    shelve("배추", stock=None)
    page = client.get("/market").text
    tiles = dict(zip(("감자", "고추", "배추"), page.split('<li class="tile')[1:], strict=True))
    assert "is-out" in tiles["감자"]
    assert "badge-neutral" in tiles["감자"]
    assert "3" in re.search(r"badge-accent[^>]*>([^<]*)", tiles["고추"])[1]
    assert "badge" not in tiles["배추"]


def test_a_sale_shows_on_the_next_page_though_tiles_are_kept(client, node, shelve):
    sold = shelve(stock=10)
    assert "is-out" not in client.get("/market").text
    with node.db.write() as session:
        session.execute(update(Product).where(Product.id == sold).values(stock=0))
    assert "is-out" in client.get("/market").text


def test_a_seller_who_is_renamed_is_renamed_in_the_tiles(client, node, cast, shelve):
    shelve()
    client.get("/market")
    with node.db.write() as session:
        session.merge(cast.space("farm")).name = "완주 새이름"
    assert "완주 새이름" in client.get("/market").text


def test_names_cannot_carry_markup(client, as_, shelve):
    evil = '<script>alert("네")</script>'
    made = shelve(
        evil, category=evil[:30], unit_label='"><img src=x>', description=evil, origin=evil
    )
    for address in ("/", "/market", f"/market/{made}", "/spaces/farm"):
        page = client.get(address).text
        assert "<script>alert" not in page, address
        assert "<img src=x>" not in page, address
    own = as_("erin").get(f"/spaces/farm/goods/{made}").text
    assert "<script>alert" not in own
    found = client.get("/market", query_string={"q": "<script>x</script>", "category": evil}).text
    assert "<script>" not in found.partition("<body")[2]


def test_a_page_costs_three_queries_however_many_goods(client, fill, queries):
    fill(10)
    client.get("/market")
    with queries() as few:
        client.get("/market")
    fill_more = 990
    fill(fill_more)
    with queries() as many:
        client.get("/market")
    with queries() as later:
        client.get("/market", query_string={"after": "1~상품 00500"})
    assert len(few) == len(many) == len(later) <= 3


@pytest.mark.parametrize("narrowed", ["", "&category=분류 3", "&seller=farm"])
def test_a_page_is_read_from_an_index_in_its_order(client, node, fill, queries, narrowed):
    fill(3000)
    with node.db.write() as session:
        session.connection().exec_driver_sql("ANALYZE")
    with queries() as seen:
        client.get(f"/market?after=1~상품 01500{narrowed}")
    statement, values = next(each for each in seen if "LIMIT" in each[0])
    given = values if isinstance(values, dict) else tuple(values)
    explain = "EXPLAIN QUERY PLAN " if node.db.is_sqlite else "EXPLAIN "
    with node.db.read() as session:
        rows = session.connection().exec_driver_sql(explain + statement, given)
        plan = "\n".join(str(row) for row in rows)
    assert "ix_market_product_" in plan
    assert "TEMP B-TREE" not in plan


def test_a_page_that_did_not_change_is_not_sent_again(client, node, shelve):
    sold = shelve(stock=10)
    seal = client.get("/market").headers["ETag"]
    assert client.get("/market", headers={"If-None-Match": seal}).status_code == 304
    with node.db.write() as session:
        session.execute(update(Product).where(Product.id == sold).values(stock=2))
    after = client.get("/market", headers={"If-None-Match": seal})
    assert after.status_code == 200
    assert after.headers["ETag"] != seal


def test_what_is_kept_for_strangers_tells_nobodys_name_or_message(client, site, as_, shelve):
    shelve()
    alice = as_("alice")
    assert "앨리스" in alice.get("/market").text
    assert "ETag" not in alice.get("/market").headers
    told = site.test_client()
    told.get("/spaces/farm/goods")  # sends to log in, with a message for the next page
    assert "flash" in told.get("/market").text
    page = client.get("/market")
    assert "flash" not in page.text
    assert "앨리스" not in page.text


def test_kept_pages_speak_the_language_that_is_asked_for(client, shelve):
    shelve()
    korean = client.get("/market", headers={"Accept-Language": "ko"})
    english = client.get("/market", headers={"Accept-Language": "en"})
    assert 'lang="ko"' in korean.text
    assert 'lang="en"' in english.text
    assert "장보기" in korean.text
    assert "장보기" not in english.text


def test_addresses_differ_though_their_goods_do_not(client, shelve):
    shelve()
    whole, narrowed = client.get("/market"), client.get("/market?category=채소")
    assert whole.headers["ETag"] != narrowed.headers["ETag"]
    assert 'aria-current="page">전체' in whole.text
    assert 'aria-current="page">채소' in narrowed.text
