"""The timeline: all that is followed, in the order of time, each once and with its reason."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from sqlalchemy import event

from wizzle.core import follows
from wizzle.core.facts import ThingHidden, ThingPublished, ThingWithdrawn
from wizzle.core.node import Node
from wizzle.plugins.feed.circles import actions as circles
from wizzle.plugins.feed.posts.actions import stream
from wizzle.plugins.feed.posts.models import Stream
from wizzle.plugins.feed.timeline import queries

Follow = Callable[..., None]


@pytest.fixture
def follow(node, neighbours) -> Follow:
    def followed(who: str, *subjects: str) -> None:
        with node.db.write() as session:
            for subject in subjects:
                follows.follow(session, neighbours[who], subject, at=node.clock.now())

    return followed


def lines(node: Node, person_id: int, **more):
    with node.db.read() as session:
        return queries.timeline(session, person_id, **more)


def told(node: Node, subject: str, author: str, **more) -> None:
    fact = ThingPublished(
        subject=subject, kind=subject.split(":")[0], author=author, title=f"소식 {subject}",
        path="/spaces/shop", at=more.pop("at", node.clock.now()), **more,
    )  # fmt: skip
    with node.db.write() as session:
        node.hooks.thing_published(node=node, session=session, fact=fact)


def test_a_timeline_holds_what_is_followed_and_says_why(
    node, cast, clock, neighbours, write, follow, circle, as_
):
    shop = cast.space("shop").id
    follow("gina", f"space:{shop}", f"person:{neighbours['alice']}", "tag:감자")
    subjects = []
    for step in (
        lambda: told(node, "news:1", f"space:{shop}"),
        lambda: write("alice", "앨리스의 글", "members"),
        lambda: write("charlie", "감자 캤어요 #감자", "members"),
        lambda: write("charlie", "아무도 안 볼 글", "members"),
        lambda: write("alice", "동그라미 글", "circle", circle_id=circle),
        lambda: write("gina", "내 글", "everyone"),
    ):
        clock.advance(minutes=1)
        subjects.append(step())
    found = lines(node, neighbours["gina"]).lines
    assert [line.why for line in found] == [
        f"person:{neighbours['gina']}", f"circle:{circle}", "tag:감자",
        f"person:{neighbours['alice']}", f"space:{shop}",
    ]  # fmt: skip
    page = as_("gina").get("/feed", headers={"Accept-Language": "ko"}).text
    for words in ("내가 쓴 글이에요", "동그라미", "#감자 태그를", "수유 책방을", "소식 news:1"):
        assert words in page
    assert "아무도 안 볼 글" not in page


def test_what_comes_by_two_ways_stands_once_with_its_author_as_the_reason(
    node, neighbours, write, follow
):
    follow("gina", f"person:{neighbours['alice']}", "tag:감자", "tag:고구마")
    write("alice", "#감자 #고구마", "members")
    found = lines(node, neighbours["gina"]).lines
    assert [line.why for line in found] == [f"person:{neighbours['alice']}"]


def test_what_is_withdrawn_hidden_or_shown_again(node, cast, neighbours, follow):
    shop = cast.space("shop").id
    follow("gina", f"space:{shop}")
    told(node, "news:1", f"space:{shop}")
    told(node, "news:2", f"space:{shop}")
    told(node, "news:2", f"space:{shop}", text="geändert")
    hide = node.hooks.thing_hidden
    with node.db.write() as session:
        hide(node=node, session=session, fact=ThingHidden("news:1", True))
    assert [line.item.subject for line in lines(node, neighbours["gina"]).lines] == ["news:2"]
    with node.db.write() as session:
        hide(node=node, session=session, fact=ThingHidden("news:1", False))
        node.hooks.thing_withdrawn(
            node=node, session=session,
            fact=ThingWithdrawn("news:2", f"space:{shop}", node.clock.now()),
        )  # fmt: skip
    assert [line.item.subject for line in lines(node, neighbours["gina"]).lines] == ["news:1"]


@pytest.mark.parametrize("kind", ["mute", "block"])
def test_nobody_who_is_muted_or_blocked_stands_in_a_timeline(
    node, neighbours, write, follow, circle, kind
):
    follow("gina", f"person:{neighbours['alice']}", "tag:감자")
    write("alice", "#감자", "members")
    write("alice", "동그라미", "circle", circle_id=circle)
    with node.db.write() as session:
        circles.set_tie(node, session, neighbours["gina"], neighbours["alice"], kind)
    assert lines(node, neighbours["gina"]).lines == []


def test_pages_hold_everything_once_and_in_the_order_of_time(node, neighbours, clock):
    """Against the plain answer: all items of all followed sources, sorted, each once."""
    dice = random.Random(7)
    sources = [f"space:{n}" for n in range(1, 41)] + [f"tag:t{n}" for n in range(8)]
    followed = dice.sample(sources, 25)
    me = neighbours["gina"]
    expected = {}
    with node.db.write() as session:
        for subject in followed:
            follows.follow(session, me, subject, at=clock.now())
        for number in range(200):
            clock.advance(seconds=dice.choice((0, 0, 1, 60)))
            # A few write nearly everything, and one item may come by several sources.
            own = [dice.choice(sources[:3] if dice.random() < 0.6 else sources)]
            own += dice.sample(sources[40:], dice.choice((0, 0, 1, 3)))
            fact = ThingPublished(
                subject=f"news:{number}", kind="news", author=own[0], title="x", path="/",
                at=clock.now(),
            )  # fmt: skip
            stream(session, fact, own)
            if set(own) & set(followed):
                expected[f"news:{number}"] = (clock.now(), number)
    wanted = sorted(expected, key=lambda subject: expected[subject], reverse=True)
    for size in (1, 7, 30, 500):
        seen, before = [], queries.LATEST
        while True:
            page = lines(node, me, before=before, size=size)
            seen += [line.item.subject for line in page.lines]
            if page.next is None:
                break
            before = page.next
        assert seen == wanted, size


def test_a_timeline_costs_the_same_queries_however_much_is_in_it(
    node, neighbours, write, follow, clock
):
    follow("gina", f"person:{neighbours['alice']}", "tag:감자")

    def queries_of() -> int:
        asked = []
        note = lambda *_: asked.append(1)  # noqa: E731
        event.listen(node.db.engine, "before_cursor_execute", note)
        try:
            lines(node, neighbours["gina"])
        finally:
            event.remove(node.db.engine, "before_cursor_execute", note)
        return len(asked)

    write("alice", "하나", "members")
    few = queries_of()
    for _ in range(12):
        clock.advance(minutes=1)
        write("alice", "#감자 여럿", "members")
    assert queries_of() == few <= 8


def test_nothing_is_left_of_a_deleted_post(node, neighbours, write, follow, as_):
    follow("gina", f"person:{neighbours['alice']}")
    post = write("alice", "지울 글", "everyone")
    assert "지울 글" in as_("gina").get("/feed").text
    as_("alice").post(f"/posts/{post}/delete")
    assert "지울 글" not in as_("gina").get("/feed").text
    with node.db.read() as session:
        assert session.query(Stream).count() == 0


def test_nonsense_in_the_address_is_no_error(neighbours, as_):
    gina = as_("gina")
    for after in ("-1", "x", "9" * 30, "٣", "0", "1.5", "9" * 17):
        for path in (f"/feed?after={after}", f"/posts?after={after}-{after}",
                     f"/tags/감자?after={after}-1", f"/people/alice?after={after}-1"):  # fmt: skip
            assert gina.get(path).status_code == 200, path
