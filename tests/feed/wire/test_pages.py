"""The pages of the wire: following elsewhere, being known there, and what came from there."""

from __future__ import annotations

import pytest
from support.cast import COOKIE
from support.public import (
    copies,
    farm_of,
    follow,
    known,
    listeners,
    news,
    note,
    person_of,
    publish,
    settle,
)

from wizzle.core.auth import accounts
from wizzle.core.auth.accounts import Device
from wizzle.core.errors import Refused
from wizzle.core.rights import consent
from wizzle.core.web import create_app
from wizzle.plugins.feed.circles import actions as circles
from wizzle.plugins.feed.wire.actions.taking import keep
from wizzle.plugins.feed.wire.models import Neighbour
from wizzle.plugins.feed.wire.rules.reading import read


@pytest.fixture
def site(pair):
    app = create_app(pair[1])
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    return app


def browser(site, node, person_id):
    """Return a browser in which somebody is logged in."""
    client = site.test_client()
    with node.db.write() as session:
        token = accounts.log_in(session, node, person_id, Device("test", "127.0.0.1"))
    client.set_cookie(COOKIE, token)
    return client


def test_somebody_follows_a_farm_by_its_name_and_reads_what_it_says(pair, site):
    pumpkin, quince = pair
    farm = farm_of(pumpkin)
    client = browser(site, quince, person_of(quince))
    answer = client.post("/elsewhere", data={"name": "@farm@pumpkin.example"})
    assert answer.status_code == 302
    assert "그쪽 답을 기다려요" in client.get("/elsewhere").text
    settle(quince, pumpkin)
    publish(
        pumpkin, news(pumpkin, f"space:{farm}", text="첫 줄\n\n<b>굵게</b> https://x.example/a")
    )
    settle(pumpkin, quince)
    assert "감자를 캐요" in client.get(answer.location).text
    page = client.get(f"/elsewhere/things/{copies(quince)[0].id}")
    assert "<p>첫 줄</p>" in page.text
    assert "&lt;b&gt;굵게&lt;/b&gt;" in page.text
    assert "pumpkin.example에서 온 사본" in page.text


def test_a_name_that_leads_nowhere_is_told_and_stays_in_the_form(pair, site):
    _, quince = pair
    client = browser(site, quince, person_of(quince))
    for typed, told in {
        "": "",
        "farm": "이름 전체를 적어 주세요",
        "@farm@[::1]": "이름 전체를 적어 주세요",
        "@<script>@x.example": "연결되어 있지 않아요",
        "@farm@nowhere.example": "연결되어 있지 않아요",
        "@nobody@pumpkin.example": "",
        "@farm@quince.example": "우리 위즐에 있는 분",
        "@" + "가" * 400 + "@pumpkin.example": "",
    }.items():
        answer = client.post("/elsewhere", data={"name": typed})
        assert 400 <= answer.status_code < 500, typed
        assert told in answer.text
        assert "<script>@" not in answer.text


def test_strangers_read_no_copies_and_see_only_who_wants_to_be_known(pair, site):
    _, quince = pair
    minji = person_of(quince)
    stranger = site.test_client()
    for path in ("/elsewhere", "/elsewhere/1", "/elsewhere/things/1", "/me/known-elsewhere",
                 "/me/audience", "/admin/audience"):  # fmt: skip
        assert stranger.get(path).status_code in (302, 403), path
    with quince.db.write() as session:
        circles.open_page(quince, session, minji, handle="minji", name="민지", words="텃밭")
    assert stranger.get(f"/people/{minji}").status_code == 404, "a public page is not enough"
    assert stranger.get(WEBFINGER).status_code == 404
    known(quince, minji)
    assert stranger.get(f"/people/{minji}").json["name"] == "민지"
    assert stranger.get(WEBFINGER).json["links"][0]["href"].endswith(f"/people/{minji}")


WEBFINGER = "/.well-known/webfinger?resource=acct:minji@quince.example"


def test_somebody_lets_themselves_be_known_and_takes_it_back(pair, site):
    _, quince = pair
    minji = person_of(quince)
    client, path = browser(site, quince, minji), "/me/known-elsewhere"
    assert "먼저 공개 화면" in client.get(path).text
    assert client.post(path, data={"agree": "yes"}).status_code == 409
    with quince.db.write() as session:
        circles.open_page(quince, session, minji, handle="minji", name="민지", words="🥔 텃밭")
    assert client.post(path).status_code == 422, "without a tick nothing leaves"
    assert site.test_client().get(f"/people/{minji}").status_code == 404
    assert client.post(path, data={"agree": "yes"}).status_code == 302
    document = site.test_client().get(f"/people/{minji}").json
    assert (document["preferredUsername"], document["summary"]) == ("minji", "<p>🥔 텃밭</p>")
    assert client.post(f"{path}/end").status_code == 302
    left = site.test_client().get(f"/people/{minji}").json
    assert (left["name"], left["preferredUsername"]) == ("", f"gone-{minji}")


def test_who_closes_their_public_page_is_known_no_more(pair, site):
    _, quince = pair
    minji = person_of(quince)
    known(quince, minji)
    with quince.db.write() as session:
        circles.close_page(quince, session, minji)
    assert site.test_client().get(f"/people/{minji}").json["name"] == ""
    with quince.db.read() as session:
        assert consent.lacking(session, minji, {"known_elsewhere": "1"})
    other = person_of(quince, "순이")
    with pytest.raises(Refused):
        known(quince, other)


def test_nobody_lets_in_or_turns_away_for_others(pair, site):
    pumpkin, quince = pair
    farm = farm_of(quince)
    follow(pumpkin, person_of(pumpkin), "@farm@quince.example")
    settle(pumpkin, quince)
    (row,) = listeners(quince)
    client = browser(site, quince, person_of(quince))
    assert client.get("/spaces/farm/audience").status_code == 403
    assert client.post(f"/spaces/farm/audience/{row.id}/turn-away").status_code == 403
    assert client.post(f"/admin/audience/{row.id}/turn-away").status_code == 403
    client.post(f"/me/audience/{row.id}/turn-away")
    assert [each.author for each in listeners(quince)] == [f"space:{farm}"]


def test_what_came_in_can_do_nothing_on_our_page(pair, site):
    _, quince = pair
    reader = person_of(quince)
    with quince.db.write() as session:
        row = Neighbour(
            address="https://evil.example/u/1", host="evil.example", kind="Person", handle="e",
            name="<img src=x>", words="<b>", page="https://evil.example/u/1", state="accepted",
            asked_at=quince.clock.now(),
        )  # fmt: skip
        session.add(row)
        session.flush()
        bad = note(
            "https://evil.example", row.address, name="<script>alert(1)</script>",
            content='<p style="position:fixed" onclick="x()">안<img src="https://evil.example/spy">'
            '<a href="javascript:x()">녕</a><iframe src="//evil.example"></iframe></p>',
            attachment=[{"type": "Image", "url": "https://evil.example/spy.png", "name": "<i>"}],
        )  # fmt: skip
        bad["name"], bad["type"] = "<script>alert(1)</script>", "Article"
        found = read(bad, now=quince.clock.now())
        keep(quince, session, row, found)
    page = browser(site, quince, reader).get(f"/elsewhere/things/{copies(quince)[0].id}").text
    for sign in ("<script>alert", "onclick", "javascript:", "<iframe", "<img src=\"https://evil",
                 "style=\"position"):  # fmt: skip
        assert sign not in page, sign
