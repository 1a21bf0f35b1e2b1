"""Following: whoever presses it is told what is new, once, and nobody else learns of it."""

from __future__ import annotations

import pytest
from support.telling import HARVEST, garden, told

from wizzle.core import follows
from wizzle.core.errors import Refused
from wizzle.core.notices import Notice
from wizzle.core.values import Message
from wizzle.core.work import run_jobs

ALICE, GINA, CHARLIE = "alice@example.com", "gina@example.com", "charlie@example.com"
NEWS = Notice(
    kind=HARVEST.name,
    title=Message("Hello, %(name)s", {"name": "감자"}),
    text="감자가 나왔어요.",
    key="n1",
)


@pytest.fixture
def shop(cast) -> str:
    return f"space:{cast.space('shop').id}"


def test_followers_are_told_once_and_whoever_wrote_it_is_not(node, as_, cast, shop):
    for name in ("alice", "gina", "gina", "frank"):
        answer = as_(name).post("/follow", data={"subject": shop})
        assert answer.headers["Location"] == "/spaces/shop"
    with garden(node):
        for _ in range(2):
            with node.db.write() as session:
                follows.tell(node, session, shop, NEWS, but=cast.person("frank").id)
        while run_jobs(node):
            pass
        assert [row.title for row in told(node, ALICE)] == ["감자님, 안녕하세요"]
        assert len(told(node, GINA)) == 1
        assert told(node, "frank@example.com") == told(node, CHARLIE) == []


def test_many_followers_are_told_in_several_jobs(node, cast, shop, monkeypatch):
    monkeypatch.setattr(follows, "AT_ONCE", 1)
    monkeypatch.setattr(follows.followers, "__kwdefaults__", {"after": None, "limit": 1})
    people = [cast.person(name).id for name in ("alice", "gina", "charlie")]
    with node.db.write() as session:
        for each in people:
            follows.follow(session, each, shop, at=node.clock.now())
    with garden(node):
        with node.db.write() as session:
            follows.tell(node, session, shop, NEWS)
        while run_jobs(node):
            pass
        assert [len(told(node, each)) for each in (ALICE, GINA, CHARLIE)] == [1, 1, 1]


def test_the_list_shows_what_one_follows_and_ends_it(as_, shop):
    alice = as_("alice")
    assert "아직 소식 받는 곳이 없어요" in alice.get("/me/follows").text
    alice.post("/follow", data={"subject": shop})
    assert "수유 책방" in alice.get("/me/follows").text
    assert "소식 받는 중" in alice.get("/spaces/shop").text
    assert "수유 책방" not in as_("gina").get("/me/follows").text
    alice.post("/unfollow", data={"subject": shop, "back": "list"})
    assert "아직 소식 받는 곳이 없어요" in alice.get("/me/follows").text


def test_a_stranger_logs_in_and_is_asked_again(client, as_, shop):
    page = client.get("/spaces/shop").text
    assert f"/follow?subject={shop.replace(':', '%3A')}" in page or f"subject={shop}" in page
    assert client.post("/follow", data={"subject": shop}).status_code == 302
    assert "소식 받기" in as_("alice").get("/follow", query_string={"subject": shop}).text


@pytest.mark.parametrize(
    "subject", ["", "space:999999", "product:1", "tag:감자", "space:", "x" * 500, "person:1' OR 1"]
)
def test_what_is_not_there_cannot_be_followed(as_, subject):
    assert as_("alice").post("/follow", data={"subject": subject}).status_code == 404


def test_a_closed_page_cannot_be_followed_but_left(node, as_, shop):
    alice = as_("alice")
    alice.post("/follow", data={"subject": shop})
    as_("bob").post("/spaces/shop/close")
    assert as_("gina").post("/follow", data={"subject": shop}).status_code == 404
    assert "그만 받기" in alice.get("/me/follows").text
    alice.post("/unfollow", data={"subject": shop})
    assert "아직 소식 받는 곳이 없어요" in alice.get("/me/follows").text


def test_it_goes_with_whoever_leaves_and_can_be_taken_along(node, cast, shop):
    alice, gina, now = cast.person("alice").id, cast.person("gina").id, node.clock.now()
    with node.db.write() as session:
        follows.follow(session, alice, shop, at=now)
        follows.follow(session, gina, f"person:{alice}", at=now)
        assert session.execute(follows.personal_data(alice)["follows"]).all()[0].subject == shop
        follows.forget(session, alice)
        assert follows.count(session, shop) == follows.count(session, f"person:{alice}") == 0


def test_far_too_much_is_refused(node, cast, shop, monkeypatch):
    monkeypatch.setattr(follows, "MOST", 1)
    alice = cast.person("alice").id
    with node.db.write() as session:
        follows.follow(session, alice, shop, at=node.clock.now())
        with pytest.raises(Refused):
            follows.follow(session, alice, "tag:감자", at=node.clock.now())
