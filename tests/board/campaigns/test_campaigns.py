"""Campaigns: drafts are for those who run them, open ones for everyone, and told once."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from support.campaigns import ON_ONE, PAGE, Board
from support.cast import Cast

from wizzle.core import follows
from wizzle.core.answers import Thing
from wizzle.core.facts import ThingHidden
from wizzle.core.models import Job
from wizzle.core.node import Node
from wizzle.core.testing import FixedClock
from wizzle.plugins.board.campaigns import actions
from wizzle.plugins.board.campaigns.models import Campaign, Update
from wizzle.plugins.board.campaigns.queries import FOUND, NEWS

FORM = {"kind": "petition", **PAGE, "receiver": "구청장", "idempotency_key": "once"}


def test_a_form_sent_twice_makes_one_draft_that_only_its_organisation_sees(board: Board):
    hana = board.browser("hana")
    path = f"/spaces/{board.group.slug}/campaigns/new"
    first, second = hana.post(path, data=FORM), hana.post(path, data=FORM)
    assert first.location == second.location
    page = first.location.removesuffix("/desk")
    assert hana.get(page).status_code == 200
    assert board.browser("alice").get(page).status_code == 404
    assert board.site.test_client().get(page).status_code == 404


@ON_ONE
def test_nobody_else_makes_or_runs_its_campaigns(board: Board):
    campaign_id = board.opened("petition")
    erin = board.browser("erin")
    assert erin.post(f"/spaces/{board.group.slug}/campaigns/new", data=FORM).status_code == 403
    for step in ("desk", "edit", "news", "picture", "signatures.csv"):
        assert erin.get(f"/campaigns/{campaign_id}/{step}").status_code == 403
    assert erin.post(f"/campaigns/{campaign_id}/close").status_code == 403
    farm = board.cast.space("farm").slug
    assert erin.post(f"/spaces/{farm}/campaigns/new", data=FORM).status_code == 404


@ON_ONE
def test_what_is_typed_is_shown_as_it_is_and_kept_when_it_is_wrong(board: Board):
    hana = board.browser("hana")
    bad = {**FORM, "title": "<script>x</script>힣🎈", "ends_on": "2020-01-01"}
    answer = hana.post(f"/spaces/{board.group.slug}/campaigns/new", data=bad)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "&lt;script&gt;x&lt;/script&gt;힣🎈" in text
    assert "<script>x" not in text
    long = {**FORM, "story": "가" * 20_001}
    assert hana.post(f"/spaces/{board.group.slug}/campaigns/new", data=long).status_code == 422


def test_opening_tells_followers_of_the_organisation_and_makes_it_found(board: Board, node: Node):
    alice = board.cast.person("alice").id
    with node.db.write() as session:
        follows.follow(session, alice, f"space:{board.group.id}", at=node.clock.now())
    campaign_id = board.opened("petition")
    with node.db.read() as session:
        told = session.scalars(select(Job).where(Job.kind == follows.TELL)).all()
        assert [job.payload["url"] for job in told] == [f"/campaigns/{campaign_id}"]
        (document,) = FOUND.read(session, [campaign_id])
        assert document.readers
        assert [entry.path for entry in NEWS.entries(session, 10)] == [f"/campaigns/{campaign_id}"]
    assert PAGE["title"] in board.site.test_client().get("/campaigns").get_data(as_text=True)


def test_news_told_twice_stands_once(board: Board, node: Node):
    campaign_id = board.opened("ask")
    hana = board.browser("hana")
    news = {"title": "첫 소식", "text": "모였어요", "idempotency_key": "n"}
    for _ in range(2):
        assert hana.post(f"/campaigns/{campaign_id}/news", data=news).status_code == 302
    with node.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Update)) == 1
    assert "첫 소식" in board.browser("alice").get(f"/campaigns/{campaign_id}").text


def test_it_ends_by_itself_after_its_last_day(board: Board, node: Node, clock: FixedClock):
    campaign_id = board.opened("petition", ends_on=date(2026, 11, 25))
    with node.db.read() as session:
        (job,) = session.scalars(select(Job).where(Job.kind == actions.END_JOB)).all()
        payload, due = job.payload, job.due_at
    actions.WORK[actions.END_JOB](node, payload)  # too early: nothing happens
    assert state_of(node, campaign_id) == "open"
    clock.set(due)
    actions.WORK[actions.END_JOB](node, payload)
    assert state_of(node, campaign_id) == "closed"
    answer = board.browser("alice").post(f"/campaigns/{campaign_id}/sign", data={})
    assert answer.status_code == 409


def state_of(node: Node, campaign_id: int) -> str:
    with node.db.read() as session:
        return session.get_one(Campaign, campaign_id).state


@ON_ONE
def test_the_receiver_stays_once_people_sign(board: Board):
    campaign_id = board.opened("petition")
    changed = {**FORM, "receiver": "다른 곳", "version": "2"}
    answer = board.browser("hana").post(f"/campaigns/{campaign_id}/edit", data=changed)
    assert answer.status_code == 409


def test_what_stewards_hide_is_neither_seen_nor_found_nor_signed(board: Board, node: Node):
    campaign_id = board.opened("petition")
    subject = f"campaign:{campaign_id}"
    with node.db.write() as session:
        found = node.hooks.thing(node=node, session=session, subject=subject)
        assert isinstance(found, Thing)
        assert found.can_follow
        assert found.people == {board.hana}
        node.hooks.thing_hidden(node=node, session=session, fact=ThingHidden(subject, hidden=True))
    alice = board.browser("alice")
    assert alice.get(f"/campaigns/{campaign_id}").status_code == 404
    assert alice.post(f"/campaigns/{campaign_id}/sign", data={}).status_code == 404
    assert PAGE["title"] not in alice.get("/campaigns").text
    with node.db.read() as session:
        (document,) = FOUND.read(session, [campaign_id])
        assert not document.readers


@ON_ONE
def test_a_draft_can_be_neither_followed_nor_reported(board: Board, node: Node, cast: Cast):
    campaign_id = board.draft("ask")
    with node.db.write() as session:
        assert actions.thing(session, f"campaign:{campaign_id}") is None
    answer = cast.signed_in(board.site, "alice").get(f"/report?subject=campaign:{campaign_id}")
    assert answer.status_code == 404
