"""What programs read of the node: feeds, sitemap, calendars, linked data, pictures of links. None
of it tells what is not public."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta
from html import unescape
from xml.etree import ElementTree

import icalendar
import pytest
from PIL import Image
from support.rounds import Round
from support.sales import Sales

from wizzle.core import cards, members, search
from wizzle.core.cards import Card
from wizzle.core.web.atom import NAMESPACE
from wizzle.core.web.linked import in_page
from wizzle.plugins.market.catalog.actions import Draft, Hand, add_product, put_on_list

ATOM = f"{{{NAMESPACE}}}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def put(node, cast):
    """Puts a product of a farm on the list, or off it."""

    def put(name, *, listed=True, **more):
        hand = Hand(node.clock.now(), None, sets_price=True)
        draft = Draft(name=name, unit_code="piece", unit_label="한 봉", price=3000, **more)
        seller = cast.space("farm").id
        with node.db.write() as session:
            made = add_product(session, seller, draft, stock=5, hand=hand)
            if not listed:
                put_on_list(session, made, False, hand=hand)
        return made

    return put


@pytest.fixture
def hub_round(node, cast, clock) -> Round:
    round_ = Round(node, cast, clock).draft(title="이번 회차")
    round_.goods("감자")
    return round_.offer()


def entries(client, name, **headers):
    answer = client.get(f"/feeds/{name}.atom", headers={"Accept-Language": "ko", **headers})
    assert answer.status_code == 200
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.data)
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    for one in (feed, *feed.iter(f"{ATOM}entry")):
        assert all(one.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    return [
        (entry.findtext(f"{ATOM}title"), entry.find(f"{ATOM}link").get("href"))
        for entry in feed.iter(f"{ATOM}entry")
    ]


def test_news_tells_what_opened_and_came_and_nothing_hidden(client, put, hub_round, node):
    put("햇감자 <b>&amp;")
    put("숨은 감자", listed=False)
    assert entries(client, "rounds") == []  # being prepared
    hub_round.to("open")
    [(title, url)] = entries(client, "rounds")
    assert title == "수유 마을부엌의 이번 회차 주문을 받고 있어요"
    assert url == f"http://127.0.0.1:8000/rounds/{hub_round.id}"
    assert client.get(url).status_code == 200
    products = [title for title, _ in entries(client, "products")]
    assert products == ["완주로컬푸드협동조합의 햇감자 <b>&amp;", "완주로컬푸드협동조합의 감자"]
    everything = entries(client, "news")
    assert {title for title, _ in everything} >= {*products, title}
    assert client.get("/feeds/nothing.atom").status_code == 404


def test_news_tells_what_a_round_brought_the_fund(client, node, cast):
    Sales(node, cast).settle(7, {"farm": 1200, "other_farm": 300})
    assert entries(client, "fund") == [
        ("회차 7에서 마을기금에 1,500원이 들어왔어요", "http://127.0.0.1:8000/fund")
    ]


def test_a_reader_that_holds_the_feed_is_told_so(client, put):
    put("감자")
    answer = client.get("/feeds/news.atom")
    again = client.get("/feeds/news.atom", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    page = client.get("/").text
    assert '<link rel="alternate" type="application/atom+xml"' in page
    assert client.get("/feeds").status_code == 200


def test_what_xml_cannot_hold_breaks_no_feed(client, put):
    put("감자 \x0b\ufffe 1")
    assert len(entries(client, "products")) == 1


def locations(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    root = ElementTree.fromstring(answer.data)
    return [loc.text.removeprefix("http://127.0.0.1:8000") for loc in root.iter(f"{MAP}loc")]


def test_the_sitemap_lists_all_that_is_public_and_all_of_it_is_there(
    client, put, hub_round, node, cast
):
    shown, hidden = put("햇감자"), put("숨은 감자", listed=False)
    with node.db.write() as session:
        members.make_space(session, kind="producer", name="고산 & 햇살", at=node.clock.now())
    search.keep_up(node)
    robots = client.get("/robots.txt").text
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in robots
    pages = locations(client, "/sitemap.xml")
    assert "/sitemap/menu.xml" in pages
    listed = [path for page in pages for path in locations(client, page)]
    assert len(listed) == len(set(listed))
    assert f"/market/{shown}" in listed
    assert f"/market/{hidden}" not in listed
    assert f"/rounds/{hub_round.id}" not in listed
    assert any(path.startswith("/spaces/%EA%B3%A0") for path in listed)
    for path in listed:
        assert client.get(path).status_code == 200, path
    for path in ("/sitemap/nothing-1.xml", "/sitemap/product-0.xml", "/sitemap/product-9999.xml"):
        assert client.get(path).status_code == 404
    assert locations(client, "/sitemap/product-2.xml") == []


def linked(client, path):
    page = client.get(path, headers={"Accept-Language": "ko"}).text
    said = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    told = {
        unescape(name): unescape(value)
        for name, value in re.findall(r'<meta property="([^"]+)" content="([^"]*)">', page)
    }
    canonical = re.search(r'<link rel="canonical" href="([^"]+)">', page)
    return said and json.loads(said[1]), told, canonical and unescape(canonical[1])


def test_pages_say_what_they_are_about(client, put, hub_round, cast):
    hub_round.to("open")
    product = hub_round.products[0]
    data, told, canonical = linked(client, f"/market/{product}?utm=1")
    assert canonical == told["og:url"] == f"http://127.0.0.1:8000/market/{product}"
    assert (data["@type"], data["name"]) == ("Product", "감자")
    assert data["offers"]["price"] == 1000
    assert data["offers"]["availability"].endswith("InStock")
    assert told["og:title"] == "감자"
    data, told, _ = linked(client, f"/rounds/{hub_round.id}")
    assert data["@type"] == "Event"
    assert data["startDate"].endswith("+09:00")
    assert data["location"]["name"] == "수유 마을부엌"
    data, _, canonical = linked(client, f"/spaces/{cast.space('farm').slug}")
    assert (data["@type"], data["name"]) == ("LocalBusiness", "완주로컬푸드협동조합")
    assert linked(client, "/")[0]["@type"] == "Organization"


def test_pages_that_are_not_public_say_nothing(client, as_, put, hub_round):
    hidden = put("숨은 감자", listed=False)
    assert linked(client, f"/market/{hidden}")[0] is None
    assert linked(as_("dana"), f"/rounds/{hub_round.id}")[0] is None


def test_no_text_ends_the_element_that_holds_the_data(client, put):
    evil = "</script><script>alert(1)</script><!--"
    product = put("감자", description=evil)
    page = client.get(f"/market/{product}").text
    assert "<script>alert(1)" not in page
    assert linked(client, f"/market/{product}")[0]["description"] == evil
    assert "<" not in in_page({"a": evil, "b": "\u2028 & >"})


def test_links_have_pictures_of_what_is_public_alone(client, as_, put, hub_round, node, cast):
    shown, hidden = put("아주 긴 이름을 가진 햇감자 " * 4), put("숨은 감자", listed=False)
    farm = cast.space("farm").id
    for name in (f"product-{shown}", f"space-{farm}", "node-0"):
        answer = client.get(f"/cards/{name}.png")
        assert answer.status_code == 200
        assert Image.open(io.BytesIO(answer.data)).size == (1200, 630)
    for browser in (client, as_("erin"), as_("bob"), as_("dana")):
        for name in (
            f"product-{hidden}",
            f"round-{hub_round.id}",
            "product-99999",
            "no-1",
            "node-1",
        ):
            assert browser.get(f"/cards/{name}.png").status_code == 404
    kept = len(list((node.home / "cards").glob("*.png")))
    client.get(f"/cards/product-{shown}.png")
    assert len(list((node.home / "cards").glob("*.png"))) == kept == 3


def test_the_folder_of_cards_keeps_the_last_ones_alone(sqlite_node, monkeypatch):
    monkeypatch.setattr(cards, "KEPT", 3)
    for number in range(6):
        assert cards.drawn(sqlite_node, Card("", f"감자 {number} 𠮷 🥔\0", "가" * 300))
    assert len(list((sqlite_node.home / "cards").glob("*.png"))) == 3


def events(answer):
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    calendar = icalendar.Calendar.from_ical(answer.data)
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def test_a_hubs_calendar_keeps_its_names_and_counts_its_changes(client, cast, hub_round):
    path = f"/hubs/{cast.space('hub').slug}/rounds.ics"
    assert events(client.get(path)) == {}  # being prepared
    hub_round.to("open")
    before = events(client.get(path))
    assert len(before) == 3
    [collected] = [event for uid, event in before.items() if "collect" in uid]
    row = hub_round.row()
    assert collected["DTSTART"].dt == row.collect_from
    assert collected["DTSTART"].params["TZID"] == "Asia/Seoul"
    assert collected["DTEND"].dt == row.collect_until
    hub_round.to("closed")
    after = events(client.get(path))
    assert set(after) == set(before)
    assert all(after[uid]["SEQUENCE"] > before[uid]["SEQUENCE"] for uid in after)
    assert client.get("/hubs/nothing/rounds.ics").status_code == 404


def test_my_collection_times_are_told_to_whoever_has_the_address_alone(
    client, as_, cast, hub_round, node, clock
):
    hub_round.to("open")
    hub_round.order("alice", {hub_round.products[0]: 1})
    alice = as_("alice")

    def address():
        found = re.search(
            r"http://127\.0\.0\.1:8000(/orders/calendar/\S+?\.ics)",
            alice.get("/orders/calendar").text,
        )
        return found and found[1]

    assert address() is None
    alice.post("/orders/calendar")
    first = address()
    [event] = events(client.get(first)).values()
    assert event["DTSTART"].dt == hub_round.row().collect_from
    assert "감자" not in client.get(first).text
    person = cast.person("alice").id
    for wrong in (first.replace("/orders/calendar/", "/orders/calendar/9"), first[:-5] + "0.ics"):
        assert client.get(wrong).status_code == 404
    gina = cast.person("gina").id
    assert client.get(first.replace(f"/{person}/", f"/{gina}/")).status_code == 404
    alice.post("/orders/calendar")
    second = address()
    assert client.get(first).status_code == 404
    assert len(events(client.get(second))) == 1
    alice.post("/orders/calendar", data={"end": "yes"})
    assert client.get(second).status_code == 404
    alice.post("/orders/calendar")
    assert address() not in (first, second)
    with node.db.write() as session:
        members.block(session, person, at=clock.now() + timedelta(seconds=1))
    assert client.get(address() or second).status_code == 404


def test_a_stranger_has_no_calendar(client):
    assert client.get("/orders/calendar").status_code == 302
    assert client.get("/orders/calendar/1/abc.ics").status_code == 404
    assert client.get("/orders/calendar/1/%EA%B0%80.ics").status_code == 404
