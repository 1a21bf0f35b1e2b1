"""The page of the search, as strangers, residents, owners and attackers use it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from sqlalchemy import event
from support.rounds import Round

from wizzle.core import members, search
from wizzle.core.auth import stewardship
from wizzle.core.testing import make_node
from wizzle.core.web import create_app
from wizzle.plugins.market.catalog.actions import Draft, Hand, add_product, put_on_list


@pytest.fixture
def goods(node, cast):
    """Puts goods of a farm on the list, or takes them off, and lets them be found."""

    def put(*names, farm="farm", listed=True):
        hand = Hand(node.clock.now(), None, sets_price=True)
        made = []
        for name in names:
            draft = Draft(name=name, unit_code="piece", unit_label="한 봉", price=3000)
            seller = cast.space(farm).id
            with node.db.write() as session:
                made.append(add_product(session, seller, draft, stock=5, hand=hand))
                if not listed:
                    put_on_list(session, made[-1], False, hand=hand)
        search.keep_up(node)
        return made

    return put


def hits(client, q, **more):
    page = client.get("/search", query_string={"q": q, **more})
    assert page.status_code == 200
    return re.findall(r'class="hit-title" href="[^"]*">([^<]*)<', unescape(page.text))


def test_everybody_finds_what_is_public_by_kinds(client, goods, cast):
    goods("햇감자", "감자", "양파")
    page = client.get("/search?q=감자", headers={"Accept-Language": "ko"}).text
    assert re.findall(r'hit-title" href="[^"]*">([^<]*)', page) == ["감자", "햇감자"]
    assert "<h2>상품</h2>" in page
    assert "3,000원" in page
    assert hits(client, "완주로컬푸드") == ["양파", "감자", "햇감자", "완주로컬푸드협동조합"]
    assert hits(client, "완주로컬푸드", kind="space") == ["완주로컬푸드협동조합"]


def test_the_page_of_the_menu_is_found_by_its_name(client):
    assert hits(client, "기금")[:1] == ["마을기금"]


def test_more_of_a_kind_is_listed_page_by_page(client, goods):
    goods(*(f"감자 {number}호" for number in range(45)))
    page = client.get("/search?q=감자").text
    assert page.count('class="hit-title"') == 5
    url, seen = "/search?q=감자&kind=product", []
    while url:
        page = unescape(client.get(url).text)
        seen += re.findall(r'hit-title" href="/market/(\d+)"', page)
        url = next(iter(re.findall(r'rel="next" href="([^"]+)"', page)), None)
    assert len(seen) == len(set(seen)) == 45


def test_where_nothing_is_found_words_are_offered_that_find_something(client, goods):
    goods("감자")
    page = unescape(client.get("/search?q=감자를").text)
    assert re.findall(r'href="/search\?q=([^"]+)"><span>', page) == ["%EA%B0%90%EC%9E%90"]
    assert (
        'role="list"'
        not in client.get("/search?q=없는말이다").text.split("empty-title")[1].split("</main>")[0]
    )


def test_goods_off_the_list_are_found_by_those_who_run_the_page_alone(client, goods, as_):
    goods("숨은감자", listed=False)
    assert hits(client, "숨은감자") == []
    assert hits(as_("charlie"), "숨은감자") == []
    assert hits(as_("frank"), "숨은감자") == []
    assert hits(as_("erin"), "숨은감자") == ["숨은감자"]
    assert hits(as_("bob"), "숨은감자") == ["숨은감자"]


def test_a_round_being_prepared_is_found_by_its_hub_alone(node, cast, clock, client, as_):
    round_ = Round(node, cast, clock).draft(title="비밀 회차")
    search.keep_up(node)
    for stranger in (client, as_("alice"), as_("erin")):
        assert hits(stranger, "비밀 회차") == []
    assert hits(as_("dana"), "비밀 회차") == ["비밀 회차"]
    round_.goods("감자")
    round_.offer().to("open")
    search.keep_up(node)
    assert hits(client, "비밀회차") == ["비밀 회차"]
    assert hits(client, "완주로컬푸드 회차") == ["비밀 회차"]


def test_nobody_finds_the_orders_of_another(node, cast, clock, client, as_):
    round_ = Round(node, cast, clock).draft(title="회차")
    [product, _] = round_.goods("희귀버섯", "감자")
    round_.offer().to("open")
    number = round_.order("alice", {product: 1}).number
    search.keep_up(node)
    assert hits(as_("alice"), "희귀버섯", kind="order") == ["회차"]
    assert hits(as_("alice"), number) == ["회차"]
    for other in (client, as_("gina"), as_("bob"), as_("dana"), as_("erin")):
        assert hits(other, "희귀버섯", kind="order") == []
        assert hits(other, number) == []


def test_what_is_hidden_is_gone_at_once_however_old_the_index(node, goods, client):
    [product] = goods("감자")
    hand = Hand(node.clock.now(), None, sets_price=True)
    with node.db.write() as session:
        put_on_list(session, product, False, hand=hand)
    assert hits(client, "감자") == []  # nothing has been read anew yet


def test_a_closed_producer_takes_all_goods_along_and_brings_them_back(node, cast, goods, client):
    goods("감자")
    bob, farm = cast.viewer("bob"), cast.space("farm")
    for closed, wanted in ((True, []), (False, ["감자"])):
        with node.db.write() as session:
            space = members.find_space(session, farm.slug)
            stewardship.close_space(session, node, bob, space, closed=closed)
        search.keep_up(node)
        assert hits(client, "감자") == wanted


def test_goods_are_found_by_the_new_name_of_their_seller(node, cast, goods, client):
    goods("감자")
    bob, farm = cast.viewer("bob"), cast.space("farm")
    with node.db.write() as session:
        space = members.find_space(session, farm.slug)
        stewardship.edit_space(session, node, bob, space, {"name": "고산햇살농장"})
    search.keep_up(node)
    assert hits(client, "고산햇살") == ["감자", "고산햇살농장"]
    assert hits(client, "완주로컬푸드") == []


def test_a_plugin_that_is_off_leaves_no_dead_link(node, goods, tmp_path):
    goods("감자")
    if not node.db.is_sqlite:
        pytest.skip("one kind of database says it")
    other = make_node(node.home, plugins=("fund",), migrated=True)
    assert hits(create_app(other).test_client(), "감자") == []
    search.keep_up(other)
    other.close()
    search.keep_up(node)
    assert hits(create_app(node).test_client(), "감자") == ["감자"]


STRANGE = (
    "q=" + "감자+" * 400, "q=%22%29+OR+%28%22", "q=%27%3A%2A", "q=%00", "q=감자&kind=nothing",
    "q=감자&kind=product&after=9-9", "q=감자&kind=product&after=99999999999999999999-1",
    "q=감자&kind=product&after=2-99999999999", "q=감자&kind=order&after=1-1", "kind=product",
    "q=%EA%B0", "q=%F0%9F%A5%94", "q=" + "%E3%84%B1" * 50, "q=\\", "q=감자&after=1-1",
    "q=" + "1a" * 30, "q=a+b+c+d+e+f+g+h+i", "q=" + "가1" * 30,
)  # fmt: skip


def test_no_question_breaks_the_page(client, as_, goods):
    goods("감자")
    alice = as_("alice")
    for query in STRANGE:
        for browser in (client, alice):
            assert browser.get(f"/search?{query}").status_code in (200, 400), query


def test_what_is_typed_is_shown_as_it_is_and_does_nothing(client):
    page = client.get("/search?q=<script>alert(1)</script>").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_search_asks_the_database_little(node, goods, client):
    goods("감자", "햇감자")
    asked = []
    event.listen(node.db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    assert hits(client, "감자") == ["햇감자", "감자"][::-1]
    assert len(asked) <= 17, asked
