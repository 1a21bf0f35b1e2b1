"""The directory as members and strangers see it."""

from __future__ import annotations

import json
import os
import re
from io import BytesIO

import pytest
from sqlalchemy import func, select
from support.visitors import queries

from wizzle.core.facts import ThingHidden
from wizzle.core.models import Consent
from wizzle.plugins.locality.directory import actions
from wizzle.plugins.locality.directory.models import Listing, Need
from wizzle.plugins.locality.directory.rules.boundary import read

SQUARE = [[127.0, 37.6], [127.05, 37.6], [127.05, 37.66], [127.0, 37.66], [127.0, 37.6]]
AREA = json.dumps({"type": "Feature", "properties": {"name": "수유1동"},
                   "geometry": {"type": "Polygon", "coordinates": [SQUARE]}})  # fmt: skip
ENTRY = {"name": "앨리스", "words": "김장을 함께해요", "offer": ["food"], "seek": ["repair", "art"],
         "street": "노해로", "agree": "yes"}  # fmt: skip


@pytest.fixture
def area(node, cast):
    with node.db.write() as session:
        actions.set_area(node, session, read(AREA), remark="약도", actor_id=None)


def test_nobody_is_listed_until_they_want_to_be(node, as_, client):
    alice, gina = as_("alice"), as_("gina")
    assert "앨리스" not in gina.get("/directory?kind=person").text
    refused = alice.post("/directory/me", data={**ENTRY, "agree": ""})
    assert refused.status_code == 422
    assert "김장을 함께해요" in refused.text  # what was typed is still there
    alice.post("/directory/me", data=ENTRY)
    alice.post("/directory/me", data=ENTRY)  # twice is once
    page = gina.get("/directory?kind=person").text
    assert page.count(">앨리스<") == 1
    assert "김장을 함께해요" in page
    with node.db.read() as session:
        listing = session.scalars(select(Listing)).one()
        assert (listing.lat, listing.lon) == (None, None)
    path = f"/directory/people/{listing.id}"
    assert "노해로" in gina.get(path).text
    assert client.get(path).status_code == 302  # strangers log in first
    assert "앨리스" not in client.get("/directory?kind=person").text


def test_who_leaves_the_list_is_gone_with_all_they_wrote(node, as_):
    alice = as_("alice")
    alice.post("/directory/me", data=ENTRY)
    alice.post("/directory/me/remove")
    with node.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Need)) == 0
        assert session.scalar(select(func.count()).select_from(Listing)) == 0
        consent = select(Consent).where(Consent.subject == "directory")
        assert session.scalars(consent).one().withdrawn_at is not None


def test_filters_find_by_kind_need_and_street(as_, cast):
    cast.space("farm")
    alice, gina = as_("alice"), as_("gina")
    alice.post("/directory/me", data=ENTRY)
    as_("frank").post("/spaces/shop/directory",
                      data={"offer": "repair", "words": "고쳐요", "layer": "civic"})  # fmt: skip

    def found(query):
        page = gina.get(f"/directory?{query}").text
        return {name for name in ("앨리스", "수유 책방", "완주로컬푸드협동조합")
                if f">{name}<" in page}  # fmt: skip

    assert found("") == {"앨리스", "수유 책방", "완주로컬푸드협동조합"}
    assert found("kind=shop") == {"수유 책방"}
    assert found("need=repair") == {"앨리스", "수유 책방"}
    assert found("need=repair&way=seek") == {"앨리스"}
    assert found("street=노해로") == {"앨리스"}
    assert found("layer=civic") == {"수유 책방"}
    assert found("need=repair&kind=producer") == set()


NONSENSE = (
    "kind=node", "need=<script>", "street=%25_%25", "layer=x", "quarter=99999999999",
    "lat=1&lon=2&zoom=99", "lat=x&lon=%F0%9F%8E%82&zoom=1", "lat=-90000000&lon=0&zoom=3",
    "after=0-x%20y", "after=1-5%20가", "after=" + "9" * 400, "quarter=-1", "zoom=" + "9" * 5000,
)  # fmt: skip


def test_nonsense_in_the_address_is_answered(area, as_, client):
    for visitor in (client, as_("alice")):
        for query in NONSENSE:
            assert visitor.get(f"/directory?{query}").status_code == 200, query


def test_pages_go_on_where_the_last_one_ended(node, client):
    from wizzle.core.members import make_space

    with node.db.write() as session:
        for number in range(30):
            make_space(session, kind="circle", name=f"모임 {number:02}", at=node.clock.now())
    first = client.get("/directory").text
    onward = re.search(r'rel="next" href="([^"]+)"', first)
    assert onward
    second = client.get(onward[1].replace("&amp;", "&")).text
    names = re.findall(r">(모임 \d\d)<", first) + re.findall(r">(모임 \d\d)<", second)
    assert names == [f"모임 {number:02}" for number in range(30)]


def test_a_place_is_put_on_the_map_by_tapping(node, area, as_, client):
    frank = as_("frank")
    page = frank.get("/spaces/shop/place")
    picture = re.search(r'<input type="image"[^>]*width="320" height="(\d+)"', page.text)
    assert picture
    tapped = frank.post(
        "/spaces/shop/place", data={"tap.x": "160", "tap.y": str(int(picture[1]) // 2)}
    )
    assert tapped.status_code == 200
    lat, lon = (re.search(rf'name="{name}"[^>]*value="([\d.]+)"', tapped.text)[1]
                for name in ("lat", "lon"))  # fmt: skip
    assert (float(lat), float(lon)) == pytest.approx((37.63, 127.025), abs=0.001)
    with node.db.read() as session:
        assert session.scalars(select(Listing)).all() == []  # a tap alone saves nothing
    frank.post("/spaces/shop/place", data={"lat": lat, "lon": lon, "tap.x": "0", "tap.y": "0"})
    page = client.get("/directory").text
    assert re.search(
        r'class="map-pin map-pin-shop" href="/spaces/shop" aria-label="수유 책방', page
    )
    frank.post("/spaces/shop/place", data={"lat": "", "lon": ""})
    assert 'class="map-pin map-pin-shop"' not in client.get("/directory").text


WRONG = (
    {"lat": "37.6", "lon": ""}, {"lat": "nan", "lon": "127"}, {"lat": "91", "lon": "127"},
    {"lat": "1e400", "lon": "127"}, {"lat": "북쪽", "lon": "동쪽"}, {"lat": "inf", "lon": "inf"},
)  # fmt: skip


def test_wrong_numbers_are_told_and_kept_in_the_form(area, as_):
    frank = as_("frank")
    for typed in WRONG:
        answer = frank.post("/spaces/shop/place", data=typed)
        assert answer.status_code == 422
        assert f'value="{typed["lat"]}"' in answer.text


def test_only_those_who_run_a_space_say_things_of_it(as_, cast, client):
    cast.space("shop")
    cast.person("erin")
    for path in ("/spaces/shop/place", "/spaces/shop/directory"):
        assert as_("erin").get(path).status_code == 403  # owner of another space
        assert as_("alice").post(path, data={"words": "x"}).status_code == 403
        assert client.get(path).status_code == 302
        assert as_("bob").get(path).status_code == 200


def test_stewards_bring_the_boundary_and_nobody_else(as_, client):
    bob = as_("bob")

    def send(browser, data, remark="약도"):
        return browser.post("/directory/area", data={"boundary": (BytesIO(data), "a.geojson"),
                                                     "remark": remark})  # fmt: skip

    assert send(as_("alice"), AREA.encode()).status_code == 403
    assert send(bob, b"<script>").status_code == 409
    assert send(bob, b"").status_code == 409
    assert send(bob, AREA.encode()).status_code == 302
    assert "수유1동" in bob.get("/directory/area").text
    drawn = client.get("/directory/map.svg")
    assert drawn.mimetype == "image/svg+xml"
    assert drawn.headers["Content-Security-Policy"] == "default-src 'none'"
    bob.post("/directory/area/remove")
    assert "수유1동" not in bob.get("/directory/area").text


def test_a_boundary_may_lie_in_the_folder_of_the_node(node, as_, client):
    file = node.home / "area.geojson"
    file.write_text(AREA, "utf-8")
    assert "수유1동" in client.get("/directory").text
    assert "area.geojson" in as_("bob").get("/directory/area").text
    file.write_text("broken", "utf-8")
    os.utime(file, (1, 1))
    assert client.get("/directory").status_code == 200


def test_names_of_shapes_are_shown_and_never_run(node, as_, client):
    evil = AREA.replace("수유1동", "<script>alert(1)</script>")
    with node.db.write() as session:
        actions.set_area(node, session, read(evil), remark="<b>", actor_id=None)
    for path in ("/directory", "/directory/map.svg"):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "<b>" not in page


def test_an_entry_that_stewards_hide_is_seen_by_its_owner_alone(node, as_):
    alice, gina = as_("alice"), as_("gina")
    alice.post("/directory/me", data=ENTRY)
    with node.db.write() as session:
        listing = session.scalars(select(Listing.id)).one()
        actions.hear_hidden(node, session, ThingHidden(f"listing:{listing}", True))
    assert ">앨리스<" not in gina.get("/directory").text
    assert gina.get(f"/directory/people/{listing}").status_code == 404
    assert gina.get("/directory/people/99999").status_code == 404


def test_a_directory_page_costs_a_bounded_number_of_queries(node, area, client):
    from wizzle.core.members import make_space

    with node.db.write() as session:
        for number in range(20):
            space = make_space(session, kind="shop", name=f"가게 {number}", at=node.clock.now())
            place = (37_630_000 + number * 900, 127_020_000)
            actions.set_place(node, session, space.id, place, actor_id=None)
    client.get("/directory")
    with queries(node) as asked:
        client.get("/directory")
    assert len([each for each in asked if each.startswith("SELECT")]) <= 8
