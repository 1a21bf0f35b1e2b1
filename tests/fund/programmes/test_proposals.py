"""A proposal from the first line on a phone to the list that is decided about."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, select
from support.programmes import programme

from wizzle.core import notices
from wizzle.core.errors import Forbidden, Invalid, Refused
from wizzle.core.facts import PersonLeft, ThingHidden
from wizzle.core.models import Grant
from wizzle.plugins.fund.programmes import actions, queries
from wizzle.plugins.fund.programmes.models import Programme, Proposal, ProposalVersion
from wizzle.plugins.fund.programmes.rules import Idea

ON_ONE = pytest.mark.parametrize("node", ["sqlite"], indirect=True)
pytestmark = ON_ONE
FORM = {
    "title": "골목 의자", "summary": "언덕길에 의자를 놓아요", "why": "쉬어 갈 곳이 없어요",
    "asked": "300", "category": "골목", "idempotency_key": "k",
}  # fmt: skip


def idea(**more):
    said = {"title": "꽃", "summary": "꽃을 심어요", "why": "예뻐요", "place": "", "asked": 100,
            "asked_for": "", "category": "골목"}  # fmt: skip
    return Idea(**{**said, **more})


@pytest.fixture
def number(node):
    with node.db.write() as session:
        return programme(node, session, money=1_000, largest=500, phase="ideas")[0]


def proposed(node, cast, number, name, **more):
    with node.db.write() as session:
        viewer = cast.viewer(name)
        key = f"{name}-{more.get('title', '')}"
        made = actions.draft(node, session, number, idea(**more), key=key, viewer=viewer)
        actions.hand_in(node, session, made.id, viewer=viewer)
        return made.id


def told(node, cast, name):
    with node.db.read() as session:
        return [
            str(each.title)
            for each in notices.listed(session, cast.person(name).id, before=None, limit=50)
        ]


def test_an_idea_is_written_handed_in_changed_talked_about_and_reviewed(node, cast, as_, number):
    alice, gina, bob = as_("alice"), as_("gina"), as_("bob")
    page = f"/fund/programmes/{number}"
    assert "아이디어 쓰기" in alice.get(page).text
    assert alice.post(f"{page}/propose", data={**FORM, "asked": "501"}).status_code == 422
    for _ in range(2):  # a form sent twice makes one
        answer = alice.post(f"{page}/propose", data=FORM)
    path = answer.location
    assert gina.get(path).status_code == 404, "a draft is its author's"
    assert alice.post(f"{path}/hand-in", follow_redirects=True).status_code == 200
    assert "골목 의자" in gina.get(page).text
    changed = {**FORM, "summary": "의자 여덟 개를 놓아요", "version": "1"}
    assert alice.post(f"{path}/edit", data=changed).status_code == 302
    assert alice.post(f"{path}/edit", data=changed).status_code == 409, "another window"
    shown = gina.get(f"{path}/versions").text
    assert "언덕길에 의자를" in shown
    assert "여덟 개" in shown
    assert gina.post(f"{path}/edit", data=changed).status_code == 403
    for _ in range(2):
        gina.post(f"{path}/support")
    assert "이웃 1명이 공감해요" in alice.get(path).text
    assert "내가 낸 제안" in alice.post(f"{path}/support", follow_redirects=True).text
    for _ in range(2):
        gina.post(f"{path}/ask", data={"text": "비가 오면요?", "idempotency_key": "q"})
    assert gina.get(path).text.count("비가 오면요?") == 1
    gina.post("/fund/proposal-questions/1/answer", data={"text": "제가요"})
    alice.post("/fund/proposal-questions/1/answer", data={"text": "접어 둬요"})
    assert "접어 둬요" in gina.get(path).text
    assert "제가요" not in gina.get(path).text
    verdict = {"verdict": "refused", "note": ""}
    assert bob.post(f"{path}/review", data={**verdict, "note": "왜"}).status_code == 409, (
        "too early"
    )
    assert bob.post(f"{page}/next", data={"reason": ""}).status_code == 422
    assert bob.post(f"{page}/next", data={"reason": "모두 모였어요"}).status_code == 302
    assert "모두 모였어요" in gina.get(page).text
    assert alice.post(f"{path}/edit", data={**changed, "version": "2"}).status_code == 409
    assert gina.post(f"{path}/review", data=verdict).status_code == 403
    assert bob.post(f"{path}/review", data=verdict).status_code == 422, "no reason, no refusal"
    bob.post(f"{path}/review", data={**verdict, "note": "길이 좁아요"})
    assert "길이 좁아요" in gina.get(path).text
    assert alice.post(f"{path}/answer", data={"text": "벽에 달게요"}).status_code == 302
    assert alice.post(f"{path}/answer", data={"text": "또"}).status_code == 409
    bob.post(f"{path}/review", data={"verdict": "feasible", "cost": "250"})
    assert "250원" in gina.get(path).text
    assert "벽에 달게요" in gina.get(path).text
    bob.post(f"{page}/next", data={"reason": "다 봤어요"})
    assert bob.post(f"{page}/freeze", follow_redirects=True).status_code == 200
    with node.db.read() as session:
        assert [each.cost for each in queries.on_ballot(session, number)] == [250]
    assert alice.post(f"{path}/withdraw", follow_redirects=True).text.count("골목 의자") > 0
    titles = told(node, cast, "alice")
    assert any("질문" in each or "question" in each for each in titles)
    assert len(titles) >= 3


def test_drafts_and_proposals_of_one_person_have_a_limit(node, cast, number):
    for place in range(3):
        proposed(node, cast, number, "alice", title=f"제안 {place}")
    with pytest.raises(Refused, match="at most 3"):
        proposed(node, cast, number, "alice", title="넷째")
    proposed(node, cast, number, "gina")


def test_a_merger_needs_everybody_and_names_its_parents(node, cast, number):
    parts = [proposed(node, cast, number, name) for name in ("alice", "gina", "erin")]
    alice, gina, erin, frank = (cast.person(n).id for n in ("alice", "gina", "erin", "frank"))
    with node.db.write() as session:
        actions.support(node, session, parts[1], person_id=frank)

    def suggest(session, actor, asked=400, key="m"):
        return actions.suggest_merging(
            node, session, number, parts, title="모두의 꽃", summary="함께", asked=asked, key=key,
            actor_id=actor, reviews=False,
        )  # fmt: skip

    with node.db.write() as session:
        with pytest.raises(Forbidden):
            suggest(session, frank)
        with pytest.raises(Invalid):
            suggest(session, alice, asked=501)
        made = suggest(session, alice).id
        assert suggest(session, alice).id == made
        with pytest.raises(Refused, match="waits already"):
            suggest(session, gina, key="other")
        assert actions.agree(node, session, made, person_id=gina) is None
        with pytest.raises(Forbidden):
            actions.agree(node, session, made, person_id=frank)
        states = session.scalars(select(Proposal.state).where(Proposal.id.in_(parts))).all()
        assert set(states) == {"proposed"}
        merged = actions.agree(node, session, made, person_id=erin)
        assert merged is not None
        assert [each.id for each in queries.parents(session, merged)] == parts
        assert {session.get_one(Proposal, each).state for each in parts} == {"merged"}
        assert actions.agree(node, session, made, person_id=erin) == merged
    assert any("모두의 꽃" in each for each in told(node, cast, "frank")), "supporters are told"


def test_one_no_keeps_proposals_apart(node, cast, number):
    parts = [proposed(node, cast, number, name) for name in ("alice", "gina")]
    with node.db.write() as session:
        bob, gina, alice = (cast.person(name).id for name in ("bob", "gina", "alice"))
        made = actions.suggest_merging(
            node, session, number, parts, title="꽃", summary="꽃", asked=100, key="m",
            actor_id=bob, reviews=True,
        ).id  # fmt: skip
        actions.decline(node, session, made, person_id=gina)
        assert actions.agree(node, session, made, person_id=alice) is None
        assert queries.mergings(session, parts[0]) == []
        assert {session.get_one(Proposal, each).state for each in parts} == {"proposed"}


def test_who_leaves_takes_what_is_theirs_alone(node, cast, number):
    alone = proposed(node, cast, number, "alice", title="혼자")
    shared = proposed(node, cast, number, "alice", title="함께")
    alice, gina = cast.person("alice").id, cast.person("gina").id
    with node.db.write() as session:
        actions.support(node, session, shared, person_id=gina)
        node.hooks.person_left(
            node=node, session=session, fact=PersonLeft(alice, "앨리스", "alice@example.com", "ko")
        )
    with node.db.read() as session:
        assert session.get(Proposal, alone) is None
        assert session.get(ProposalVersion, (alone, 1)) is None
        kept = session.get_one(Proposal, shared)
        assert (kept.author_id, kept.title) == (None, "함께")


def test_a_hidden_proposal_is_gone_for_others_and_says_so(node, cast, as_, number):
    path = f"/fund/proposals/{proposed(node, cast, number, 'alice')}"
    bob = as_("bob")
    subject = path.replace("/fund/proposals/", "proposal:")
    with node.db.write() as session:
        fact = ThingHidden(subject, hidden=True)
        node.hooks.thing_hidden(node=node, session=session, fact=fact)
    assert as_("gina").get(path).status_code == 404
    assert as_("alice").get(path).status_code == 200
    assert path not in bob.get(f"/fund/programmes/{number}").text


def test_an_auditor_moves_nothing_and_a_call_never_promises_more_than_there_is(
    node, cast, as_, clock, number
):
    with node.db.write() as session:
        grant = Grant(person_id=cast.person("gina").id, role="auditor", granted_at=clock.now())
        session.add(grant)
    gina, bob = as_("gina"), as_("bob")
    for path in ("next", "freeze", "decide", "publish", "edit"):
        assert gina.post(f"/fund/programmes/{number}/{path}", data={}).status_code == 403
    day = clock.now().date()
    form = {
        "title": "새 공모", "summary": "한 줄", "story": "이야기", "rules": "규칙", "money": "1001",
        "smallest": "1", "largest": "500", "per_person": "2", "proposers": "members",
        "decision": "vote", "categories": "골목", "idempotency_key": "n",
        **{name: str(day + timedelta(days=place * 5)) for place, name in enumerate(
            ("ideas_end", "review_end", "deliberation_end", "vote_end", "carrying_end"), 1)},
    }  # fmt: skip
    answer = bob.post("/fund/programmes/new", data=form)
    assert answer.status_code == 422
    assert "1,000" in answer.text
    assert "새 공모" in answer.text
    path = bob.post("/fund/programmes/new", data={**form, "money": "1000"}).location
    assert as_("alice").get(path).status_code == 404, "a draft"
    bob.post(f"{path}/publish")
    assert "새 공모" in as_("alice").get("/fund/programmes").text
    late = {**form, "money": "999", "title": "이름만", "version": "2"}
    assert bob.post(f"{path}/edit", data=late).status_code == 302
    with node.db.read() as session:
        found = session.scalars(select(Programme).where(Programme.title == "이름만")).one()
        assert found.money == 1_000, "what was promised stays"


def test_a_page_asks_as_often_for_many_proposals_as_for_few(node, cast, site, number):
    client, counted = site.test_client(), []
    proposed(node, cast, number, "alice")
    engine = node.db.engine
    event.listen(engine, "before_cursor_execute", lambda *a: counted.append(a[2]))

    def asked():
        counted.clear()
        assert client.get(f"/fund/programmes/{number}").status_code == 200
        return len(counted)

    asked()
    few = asked()
    for name in ("gina", "erin", "frank", "dana"):
        proposed(node, cast, number, name, title=name)
    assert asked() == few <= 12
