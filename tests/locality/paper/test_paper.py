"""The weekly paper: made of what is going on, chosen by stewards, out once, told to its readers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import ModuleType
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from support.reading import pages_of
from support.telling import told

from wizzle.core import follows
from wizzle.core.answers import Happening
from wizzle.core.documents import Feed, FeedEntry
from wizzle.core.hookspecs import hookimpl
from wizzle.core.models import Job
from wizzle.core.values import Message, Text
from wizzle.core.work import run_jobs
from wizzle.plugins.locality.paper import actions
from wizzle.plugins.locality.paper.models import Issue
from wizzle.plugins.locality.paper.queries import SUBJECT
from wizzle.plugins.locality.paper.rules import monday

PLAN = {"by_itself": "yes", "weekday": "3", "hour": "9"}
THURSDAY = datetime(2026, 11, 26, 0, 0, tzinfo=UTC)
"""Nine in the morning in Seoul."""


@pytest.fixture
def going_on(node) -> Iterator[list[FeedEntry]]:
    """News and a happening of plugins that are not there."""
    now = node.clock.now()
    news = [
        FeedEntry("n1", "햇감자가 나왔어요", "/news/1", now - timedelta(hours=2), "두레농장"),
        FeedEntry("n2", "<script>alert(1)</script>", "/news/2", now - timedelta(hours=1)),
        FeedEntry("old", "지난달 이야기", "/news/3", now - timedelta(days=30)),
        FeedEntry("event", "김장 나눔을 해요", "/events/1", now - timedelta(hours=3)),
    ]

    @hookimpl
    def feeds() -> list[Feed]:
        return [Feed("made", Text("동네 소식", "News"), lambda _session, limit: news[:limit])]

    @hookimpl
    def happenings(since: datetime, until: datetime) -> list[Happening]:
        found = Happening("김장 나눔", Message("Round", {}), "/events/1", now + timedelta(days=2),
                          place="마을부엌")  # fmt: skip
        return [found] if since <= found.starts_at < until else []

    module = ModuleType("made_up_news")
    module.feeds, module.happenings = feeds, happenings  # type: ignore[attr-defined]
    node.host._manager.register(module)
    yield news
    node.host._manager.unregister(module)


@pytest.fixture
def bob(as_):
    return as_("bob")


def run(node) -> None:
    while run_jobs(node):
        pass


def test_the_draft_holds_what_is_new_and_coming_once_each_and_escaped(going_on, bob):
    page = bob.get("/paper/draft").text
    assert "햇감자가 나왔어요" in page
    assert "김장 나눔" in page
    assert "김장 나눔을 해요" not in page  # it is coming already
    assert "지난달 이야기" not in page
    assert "<script>alert(1)" not in page


def test_only_stewards_make_the_paper(going_on, client, as_):
    for browser in (client, as_("alice"), as_("dana")):
        for path in ("/paper/draft", "/paper/draft.pdf"):
            assert browser.get(path).status_code in (302, 403)
        for path in ("/paper/draft", "/paper/draft/out", "/paper/plan"):
            assert browser.post(path, data=PLAN).status_code in (302, 403)
    assert "아직 나온 신문이 없어요" in client.get("/paper").text


def choose(bob, version: int = 1, **more: object):
    data = {
        "greeting": "바람이 차요.", "version": str(version),
        "key": ["news:made:n1", "news:made:n2"], "place": ["20", "10"],
        "keep": ["news:made:n1"], **more,
    }  # fmt: skip
    return bob.post("/paper/draft", data=data)


def test_stewards_greet_leave_out_and_print(going_on, bob, client):
    assert choose(bob).status_code == 302
    answer = bob.post("/paper/draft/out")
    assert answer.headers["Location"] == "/paper/1"
    page = client.get("/paper/1").text
    assert "바람이 차요." in page
    assert "햇감자가 나왔어요" in page
    assert "alert(1)" not in page
    [printed] = pages_of(client.get("/paper/1.pdf").data)
    assert "햇감자가 나왔어요" in printed
    assert "김장 나눔" in printed
    text = client.get("/paper/1.txt")
    assert text.mimetype == "text/plain"
    assert "햇감자가 나왔어요" in text.text
    assert "제1호" in client.get("/paper").text
    assert "제1호" in client.get("/").text


def test_what_is_out_stands_whatever_happens_later(going_on, bob, client):
    bob.post("/paper/draft/out")
    going_on.clear()
    assert "햇감자가 나왔어요" in client.get("/paper/1").text


def test_a_mistake_is_printed_anew_and_nobody_told_again(going_on, bob, client, node, cast):
    with node.db.write() as session:
        follows.follow(session, cast.person("alice").id, SUBJECT, at=node.clock.now())
    bob.post("/paper/draft/out")
    run(node)
    version = 2
    assert choose(bob, version).status_code == 302
    run(node)
    assert "alert(1)" not in client.get("/paper/1").text
    assert len(told(node, "alice@example.com")) == 1


def test_whoever_chooses_on_an_old_draft_is_told(going_on, bob):
    assert choose(bob).status_code == 302
    stale = choose(bob, greeting="다시")
    assert stale.status_code == 409
    assert "다시" in stale.text


def test_what_is_too_much_is_refused(going_on, bob):
    too_much = (
        {"greeting": "가" * 601},
        {"key": ["k"] * 201},
        {"place": ["x"]},
        {"key": ["k" * 200]},
    )
    for more in too_much:
        assert choose(bob, **more).status_code == 422, more


def test_an_empty_issue_does_not_go_out(bob, node):
    answer = bob.post("/paper/draft/out", follow_redirects=True)
    assert "담을 것이 없어요" in answer.text
    with node.db.read() as session:
        assert session.scalar(select(func.count()).where(Issue.number.is_not(None))) == 0


def test_readers_get_it_as_text_and_nobody_else(going_on, bob, node, cast, as_):
    as_("alice").post("/follow", data={"subject": SUBJECT})
    bob.post("/paper/draft/out")
    bob.post("/paper/draft/out")
    run(node)
    [notice] = told(node, "alice@example.com")
    assert notice.title == "마을신문 제1호"
    assert "햇감자가 나왔어요" in notice.text
    assert notice.url == "/paper/1"
    assert told(node, "charlie@example.com") == []


def test_at_night_no_mail_leaves(going_on, bob, node, cast, clock):
    with node.db.write() as session:
        follows.follow(session, cast.person("alice").id, SUBJECT, at=node.clock.now())
    clock.advance(hours=14)  # eleven at night
    bob.post("/paper/draft/out")
    while run_jobs(node):
        pass
    with node.db.read() as session:
        mails = session.scalars(
            select(Job).where(Job.kind == "mail", Job.state == "done")
        ).all()  # fmt: skip
        assert [job for job in mails if "alice" in str(job.payload)] == []
    [notice] = told(node, "alice@example.com")
    assert notice.mailed_at is None


def test_it_goes_out_by_itself_each_week_until_told_otherwise(going_on, bob, node, clock, client):
    bob.post("/paper/plan", data=PLAN)
    assert "11월 26일(목) 오전 9:00" in bob.get("/paper/draft").text
    run(node)
    assert client.get("/paper/1").status_code == 404
    clock.set(THURSDAY)
    run(node)
    assert client.get("/paper/1").status_code == 200
    going_on.append(FeedEntry("n9", "눈이 왔어요", "/news/9", THURSDAY + timedelta(days=3)))
    clock.set(THURSDAY + timedelta(days=7))
    run(node)
    assert "눈이 왔어요" in client.get("/paper/2").text
    bob.post("/paper/plan", data={**PLAN, "by_itself": ""})
    clock.set(THURSDAY + timedelta(days=14))
    run(node)
    assert client.get("/paper/3").status_code == 404


def test_another_hour_is_what_counts_and_a_quiet_week_is_passed_over(bob, node, clock):
    bob.post("/paper/plan", data=PLAN)
    bob.post("/paper/plan", data={**PLAN, "weekday": "4"})
    clock.set(THURSDAY)
    run(node)
    clock.set(THURSDAY + timedelta(days=1))
    run(node)
    with node.db.read() as session:
        assert session.scalar(select(func.count()).where(Issue.number.is_not(None))) == 0
        jobs = session.scalars(
            select(Job).where(Job.kind == "locality.paper", Job.state == "waiting")
        ).all()
    assert [job.due_at for job in jobs] == [THURSDAY + timedelta(days=8)]


def test_at_night_it_cannot_be_planned(bob):
    for change in ({"hour": "3"}, {"hour": "21"}, {"weekday": "7"}, {"hour": "x"}):
        answer = bob.post("/paper/plan", data={**PLAN, **change}, follow_redirects=True)
        assert "8시에서 20시 사이" in answer.text, change


def test_two_at_once_let_one_issue_out(going_on, node):
    week, numbers = monday(node.clock.now(), ZoneInfo("Asia/Seoul")), []

    def out() -> None:
        with node.db.write() as session:
            numbers.append(actions.let_out(node, session, week, actor_id=None))

    threads = [threading.Thread(target=out) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert numbers == [1, 1, 1, 1]


def test_the_archive_and_the_feed_list_every_issue(going_on, bob, clock, client, node):
    for _ in range(3):
        bob.post("/paper/draft/out")
        clock.advance(days=7)
        now = node.clock.now()
        going_on[:] = [FeedEntry("x", "새 이야기", "/news/x", now - timedelta(hours=1))]
    page = client.get("/paper").text
    assert [f"/paper/{number}" in page for number in (1, 2, 3)] == [True, True, True]
    assert "마을신문 제3호" in client.get("/feeds/paper.atom").text
    assert client.get("/paper/99").status_code == 404
    assert client.get("/paper/99.pdf").status_code == 404
