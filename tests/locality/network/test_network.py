"""The network's pages: the map, the producers of a province, and nodes that we are tied to."""

from __future__ import annotations

import re
from types import ModuleType

import pytest
from support.cast import Cast
from support.visitors import queries

from wizzle.core.hookspecs import hookimpl
from wizzle.core.models import Space
from wizzle.core.node import Node
from wizzle.core.talk import Peer


@pytest.fixture
def farms(node: Node, cast: Cast) -> None:
    cast.space("farm")
    now = node.clock.now()
    with node.db.write() as session:
        session.add_all(
            Space(kind="producer", slug=f"farm-{number:03}", name=f"농장 {number:03}",
                  province="전라북도", county="완주군" if number % 2 else "진안군", created_at=now)
            for number in range(70)
        )  # fmt: skip
        session.add(
            Space(kind="producer", slug="mirror", name="서천 두레", province="충남",
                  county="서천", home="https://chungnam.example/orgs/4", created_at=now)
        )  # fmt: skip
        session.add_all(
            Space(kind="producer", slug=slug, name=slug, province="제주", created_at=now, **away)
            for slug, away in (("closed", {"closed_at": now}), ("hidden", {"hidden_at": now}))
        )


def test_the_map_leads_to_the_producers_and_says_the_same_as_a_table(farms, client):
    page = client.get("/network").text
    assert 'href="/network/provinces/jeonbuk" aria-label="전북: 71"' in page
    assert 'href="/network/provinces/chungnam"' in page
    assert "/network/provinces/jeju" not in page  # closed and hidden ones are not counted
    assert "생산자 72곳이 함께해요" in page
    rows = re.findall(r'<a href="/network/provinces/(\w+)">', page)
    assert rows == ["chungnam", "jeonbuk"]


def test_a_province_lists_every_producer_once_over_its_pages(farms, client):
    seen: list[str] = []
    url = "/network/provinces/jeonbuk"
    for _ in range(4):
        page = client.get(url).text
        seen += re.findall(r'href="/spaces/(farm[^"]*)"', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        if following is None:
            break
        url = following[1].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == 71


def test_a_mirror_says_where_it_is_at_home(farms, client):
    assert "chungnam.example의 생산자" in client.get("/network/provinces/chungnam").text


def test_nonsense_as_a_place_is_borne(farms, client):
    for after in ("x", "완주군|농장|99999999999", "|||", "'|--|1", "🥔" * 400):
        answer = client.get("/network/provinces/jeonbuk", query_string={"after": after})
        assert answer.status_code == 200, after


def test_what_is_no_province_is_not_found(client):
    assert client.get("/network/provinces/atlantis").status_code == 404


def test_the_page_costs_the_same_however_many_producers_there_are(node, client, farms):
    with queries(node) as asked:
        client.get("/network?x=1")
    assert len(asked) <= 4


def test_nodes_that_we_are_tied_to_stand_there_with_since_when(node, client):
    now = node.clock.now()

    @hookimpl(tryfirst=True)
    def peers() -> list[Peer]:
        return [
            Peer("wanju.example", "완주위즐", "전북 완주", "https://wanju.example", since=now),
            Peer("evil.example", "<b>x</b>", "", "", "paused"),
        ]

    module = ModuleType("made_up_federation")
    module.peers = peers  # type: ignore[attr-defined]
    node.host._manager.register(module)
    page = client.get("/network").text
    assert "완주위즐" in page
    assert 'href="https://wanju.example"' in page
    assert "11월 23일(월)부터 함께해요" in page
    assert "잠시 멈췄어요" in page
    assert "<b>x</b>" not in page


def test_without_peers_the_page_says_what_to_do(client):
    page = client.get("/network").text
    assert "아직 이어진 동네가 없어요" in page
    assert "/network/calls" in page
