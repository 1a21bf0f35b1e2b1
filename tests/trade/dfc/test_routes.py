"""Programs of the Data Food Consortium read catalogues, and never take won for something else."""

from __future__ import annotations

from typing import Any

import pytest
from support.rounds import Round

from wizzle.core.models import Space
from wizzle.plugins.trade.dfc.rules import read_catalogue
from wizzle.plugins.trade.goods import actions

PATH = "/krw/api/dfc/Enterprises/farm/SuppliedProducts"


@pytest.fixture
def published(node, cast, clock) -> list[int]:
    """Three goods of a farm that publishes them."""
    made = Round(node, cast, clock).goods("배추", "무", "사과")
    farm, erin = cast.space("farm").id, cast.person("erin").id
    with node.db.write() as session:
        actions.switch(node, session, session.get_one(Space, farm), on=True, person_id=erin)
    return made


def test_a_catalogue_is_one_graph_that_can_be_read_back(published, client, clock):
    answer = client.get(PATH)
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    goods, refused = read_catalogue(answer.json, clock.now())
    assert [good.name for good in goods] == ["배추", "무", "사과"]
    assert refused == {}
    again = client.get(PATH, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_one_product_comes_with_all_that_it_refers_to(published, client, clock):
    answer = client.get(f"{PATH}/{published[1]}")
    ids = {node["@id"] for node in answer.json["@graph"]}
    (good,), _ = read_catalogue(answer.json, clock.now())
    assert good.name == "무"
    assert f"http://127.0.0.1:8000{PATH}/{published[1]}" in ids
    for missing in ("99", "x", "1" * 20, "0"):
        assert client.get(f"{PATH}/{missing}").status_code == 404


def test_the_second_version_is_spoken_to_those_who_ask_for_it(published, client):
    accept = 'application/ld+json; profile="dfc-v2"'
    answer = client.get(PATH, headers={"Accept": accept})
    assert answer.headers["Content-Type"] == accept
    types = [node["@type"] for node in answer.json["@graph"]]
    assert "dfc-b:Organization" in types
    assert answer.headers["ETag"] != client.get(PATH).headers["ETag"]


def test_who_does_not_ask_for_won_is_told_why_there_is_nothing(published, client):
    answer = client.get("/api/dfc/Enterprises/farm/SuppliedProducts")
    assert (answer.status_code, answer.json["currency"]) == (406, "KRW")
    asked = client.get("/api/dfc/Enterprises/farm/SuppliedProducts?currency=KRW")
    assert (asked.status_code, asked.location) == (308, PATH)


def test_who_does_not_publish_is_not_there(node, cast, clock, client):
    Round(node, cast, clock).goods("배추")
    for path in (PATH, f"{PATH}/1", "/krw/api/dfc/Enterprises/farm", "/krw/api/dfc/Enterprises/x"):
        assert client.get(path).status_code == 404


def test_what_is_read_is_at_most_a_minute_old(node, cast, clock, published, client):
    Round(node, cast, clock).goods("파")
    assert "파" not in client.get(PATH).text
    clock.advance(minutes=1)
    names: Any = [good.name for good in read_catalogue(client.get(PATH).json, clock.now())[0]]
    assert names == ["배추", "무", "사과", "파"]


SCOPE = "https://github.com/datafoodconsortium/taxonomies/releases/latest/download/scopes.rdf#"


@pytest.mark.parametrize("path", ["/.well-known/dfc/", "/.well-known/dfc"])
def test_what_may_be_read_is_found_by_programs_and_asks_for_won(published, client, path):
    found = client.get(path).json
    assert found.keys() == {f"{SCOPE}ReadEnterprise", f"{SCOPE}ReadProducts"}
    for place in found.values():
        assert client.get(place).status_code == 406
        answer = client.get(f"{place}?currency=KRW", follow_redirects=True)
        assert answer.status_code == 200
        assert "/krw/api/dfc/Enterprises/farm" in answer.text


def test_all_goods_of_all_sellers_are_reached_by_links(published, node, cast, clock, client):
    from wizzle.plugins.market import Product
    from wizzle.plugins.trade.dfc import routes

    with node.db.write() as session:
        for slug, name in (("empty", "빈 농장"), ("other", "다른 농장")):
            space = Space(kind="producer", slug=slug, name=name, created_at=clock.now())
            session.add(space)
            session.flush()
            if slug == "other":
                session.add(
                    Product(seller_id=space.id, name="콩", price=500, unit_label="한 봉",
                            created_at=clock.now(), updated_at=clock.now())
                )  # fmt: skip
            actions.switch(node, session, space, on=True, person_id=cast.person("erin").id)
    names, place = [], "/krw/api/dfc/SuppliedProducts"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(routes, "MOST", 2)
        for _ in range(9):
            answer = client.get(place)
            assert answer.status_code == 200
            names += [good.name for good in read_catalogue(answer.json, clock.now())[0]]
            again = client.get(place, headers={"If-None-Match": answer.headers["ETag"]})
            assert again.status_code == 304
            if "Link" not in answer.headers:
                break
            place = answer.headers["Link"].partition(">")[0].lstrip("<")
    assert names == ["배추", "무", "사과", "콩"]
    sellers = client.get("/krw/api/dfc/Enterprises").json["@graph"]
    enterprises = [each for each in sellers if each["@type"] == "dfc-b:Enterprise"]
    assert [each["dfc-b:name"] for each in enterprises][-2:] == ["빈 농장", "다른 농장"]
    assert all(not each["dfc-b:supplies"] for each in enterprises)
