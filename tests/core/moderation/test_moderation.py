"""From a report to its end: what those who report, those who run a thing, stewards and attackers
meet."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from wizzle.core import members, moderation
from wizzle.core.models import Job, Space
from wizzle.core.moderation.models import Appeal, Measure, Report
from wizzle.core.work import run_jobs

NEW = {"kind": "report", "reason": "wrong", "text": "원산지가 달라요"}
DECISION = {"kind": "hide", "reason": "wrong", "text": "원산지를 바로잡을 때까지 숨겨요."}


@pytest.fixture
def farm(cast):
    """The subject of erin's page."""
    cast.person("erin")
    return f"space:{cast.space('farm').id}"


@pytest.fixture
def second(node, cast):
    """A second steward: alice."""
    with node.db.write() as session:
        members.grant(session, cast.person("alice").id, "steward", at=node.clock.now())


def report(client, subject, **more):
    return client.post(f"/report?subject={subject}", data={**NEW, **more})


def decide(client, subject, **more):
    return client.post(f"/admin/reports/{subject}", data={**DECISION, **more})


def rows(node, table):
    with node.db.read() as session:
        found = list(session.scalars(select(table).order_by(table.id)))
        session.expunge_all()
        return found


def test_a_hidden_page_gives_way_to_a_notice_and_comes_back_after_thirty_days_by_itself(
    as_, client, node, clock, farm, second
):
    assert client.get("/spaces/farm").status_code == 200
    assert report(as_("charlie"), farm).status_code == 302
    assert decide(as_("bob"), farm).status_code == 302
    notice = client.get("/spaces/farm")
    assert notice.status_code == 404
    assert "지금은 숨겨 두었어요" in notice.text
    assert "사실과 다르거나 헷갈리게 해요" in notice.text
    assert DECISION["text"] not in notice.text
    assert "완주로컬푸드협동조합" not in client.get("/spaces").text
    assert as_("erin").get("/spaces/farm").status_code == 200  # to mend it
    assert as_("erin").get("/spaces/farm/edit").status_code == 200

    clock.advance(days=29, hours=23)
    run_jobs(node)
    assert client.get("/spaces/farm").status_code == 404
    clock.advance(hours=2)
    run_jobs(node)
    assert client.get("/spaces/farm").status_code == 200
    (measure,) = rows(node, Measure)
    assert (measure.standing, measure.ended_by, measure.ended_person_id) == (False, "time", None)


def test_a_page_that_was_closed_before_stays_closed_afterwards(as_, clock, node, cast, farm):
    as_("bob").post("/spaces/farm/close")
    clock.advance(minutes=1)
    decide(as_("bob"), farm)
    with node.db.read() as session:
        assert session.get_one(Space, cast.space("farm").id).hidden_at is not None
    assert as_("bob").post("/spaces/farm/close", data={"open": "yes"}).status_code == 409
    (measure,) = rows(node, Measure)
    as_("bob").post(f"/admin/measures/{measure.id}/lift")
    with node.db.read() as session:
        space = session.get_one(Space, cast.space("farm").id)
        assert (space.hidden_at, space.closed_at is None) == (None, False)


def test_both_sides_are_told_and_nobody_who_reported_it(as_, client, node, farm, second):
    stranger = {"name": "나그네", "email": "stranger@example.org"}
    assert report(client, farm, **stranger).status_code == 302
    report(as_("charlie"), farm)
    decide(as_("bob"), farm)
    run_jobs(node)
    sent = {file.read_text("utf-8") for file in (node.home / "mail").glob("*.eml")}
    to = sorted(re.search(r"^To: (\S+)$", text, re.M).group(1) for text in sent)
    assert to == ["charlie@example.com", "erin@example.com", "stranger@example.org"]
    (owner,) = [text for text in sent if "To: erin" in text]
    assert "stranger" not in owner
    assert "나그네" not in owner


def test_one_decision_answers_all_reports_of_a_thing(as_, node, farm):
    for who in ("charlie", "gina", "dana"):
        report(as_(who), farm)
    queue = as_("bob").get("/admin/reports").text
    assert queue.count('href="/admin/reports/space') == 1
    decide(as_("bob"), farm, kind="none")
    assert {each.measure_id for each in rows(node, Report)} == {1}
    assert "기다리는 것이 없어요" in as_("bob").get("/admin/reports").text


def test_the_public_log_has_reasons_and_no_names(as_, client, node, farm, second):
    report(as_("charlie"), farm)
    decide(as_("bob"), farm)
    for path in ("/measures", "/measures/1"):
        page = client.get(path).text
        assert "사실과 다르거나 헷갈리게 해요" in page
        for hidden in ("완주로컬푸드", "에린", "찰리", "보배", DECISION["text"], NEW["text"]):
            assert hidden not in page, (path, hidden)
    own = as_("erin").get("/measures/1").text
    assert DECISION["text"] in own
    assert NEW["text"] not in own


def test_an_appeal_is_decided_by_somebody_else(as_, client, node, farm, second):
    decide(as_("bob"), farm)
    assert as_("erin").post("/measures/1", data={"text": "이제 고쳤어요"}).status_code == 302
    answer = {"outcome": "overturned", "answer": "고친 것을 확인했어요."}
    assert "직접 결정할 수 없어요" in as_("bob").get("/admin/appeals/1").text
    assert as_("bob").post("/admin/appeals/1", data=answer).status_code == 403
    assert client.get("/spaces/farm").status_code == 404
    assert as_("alice").post("/admin/appeals/1", data=answer).status_code == 302
    assert client.get("/spaces/farm").status_code == 200
    (measure,), (appeal,) = rows(node, Measure), rows(node, Appeal)
    assert (measure.ended_by, appeal.outcome) == ("appeal", "overturned")
    assert as_("alice").post("/admin/appeals/1", data=answer).status_code == 409


def test_an_appeal_that_is_refused_leaves_the_measure_and_says_why(as_, client, node, farm, second):
    decide(as_("bob"), farm)
    as_("erin").post("/measures/1", data={"text": "아니에요"})
    as_("alice").post("/admin/appeals/1", data={"outcome": "upheld", "answer": "아직이에요."})
    assert client.get("/spaces/farm").status_code == 404
    assert "아직이에요." in as_("erin").get("/measures/1").text
    assert as_("erin").post("/measures/1", data={"text": "다시"}).status_code == 409  # once


def test_with_a_single_steward_it_is_said_how_to_go_on(as_, farm):
    decide(as_("bob"), farm)
    as_("erin").post("/measures/1", data={"text": "아니에요"})
    answer = {"outcome": "upheld", "answer": "그대로"}
    refused = as_("bob").post("/admin/appeals/1", data=answer)
    assert refused.status_code == 403
    assert "다른 사람을 운영자로 정해" in refused.text


def test_only_who_runs_what_was_hidden_appeals(as_, client, node, farm, second):
    decide(as_("bob"), farm)
    for who in ("charlie", "frank", "bob"):
        assert as_(who).post("/measures/1", data={"text": "풀어 주세요"}).status_code == 403
    assert client.post("/measures/1", data={"text": "x"}).status_code in (200, 302, 403)
    assert rows(node, Appeal) == []
    assert as_("erin").post("/measures/99", data={"text": "x"}).status_code in (403, 404)


def test_a_steward_does_not_decide_about_their_own_page_while_another_could(
    as_, node, cast, farm, second
):
    with node.db.write() as session:
        now = node.clock.now()
        members.grant(session, cast.person("bob").id, "owner", cast.space("farm").id, at=now)
    refused = decide(as_("bob"), farm, kind="none")
    assert refused.status_code == 403
    assert decide(as_("alice"), farm, kind="none").status_code == 302


@pytest.mark.parametrize("who", ["charlie", "erin", "dana", None])
def test_the_queue_is_for_stewards(as_, client, who, farm):
    browser = as_(who) if who else client
    expected = 403 if who else 302
    for path in ("/admin/reports", f"/admin/reports/{farm}", "/admin/appeals/1"):
        assert browser.get(path).status_code == expected
    assert decide(browser, farm).status_code == expected
    assert browser.post("/admin/measures/1/lift").status_code == expected


def test_a_flood_of_a_stranger_ends_and_reaches_no_mailbox_often(client, node, farm):
    codes = [
        report(client, farm, email=f"victim{n % 2}@example.org").status_code for n in range(12)
    ]
    assert codes[:2] == [302, 302]
    assert codes[-1] == 429
    assert len(rows(node, Report)) == 2  # the same one again is the one that is open
    assert len([job for job in rows(node, Job) if job.kind == "mail"]) == 0


def test_a_member_reports_the_same_thing_once(as_, node, farm):
    for _ in range(3):
        report(as_("charlie"), farm)
    assert len(rows(node, Report)) == 1


@pytest.mark.parametrize(
    "typed",
    [{"kind": "deletion", "reason": "spam"}, {"kind": "deletion", "reason": "privacy", "text": ""},
     {"reason": "nothing"}, {"kind": "x"}, {"text": "가" * 2_001}],
)  # fmt: skip
def test_what_cannot_be_used_is_said_at_its_field(as_, node, farm, typed):
    assert report(as_("charlie"), farm, **typed).status_code == 422
    assert rows(node, Report) == []


def test_a_stranger_leaves_an_address(client, node, farm):
    assert report(client, farm).status_code == 422
    assert report(client, farm, email="x").status_code == 422


@pytest.mark.parametrize(
    "subject", ["space:999", "nothing:1", "space:x", "space:1' OR 1", "product:" + "9" * 12]
)
def test_a_thing_that_is_not_there_is_not_found(as_, subject):
    assert as_("charlie").get("/report", query_string={"subject": subject}).status_code == 404


def test_two_stewards_at_once_take_one_measure(as_, node, farm, second):
    assert decide(as_("bob"), farm).status_code == 302
    assert decide(as_("alice"), farm).status_code == 409
    assert len(rows(node, Measure)) == 1


def test_a_request_for_deletion_is_due_within_a_day_and_shows_when_late(as_, node, clock, farm):
    report(as_("charlie"), farm, kind="deletion", reason="privacy", text="제 전화번호예요")
    (made,) = rows(node, Report)
    assert made.due_at - made.created_at == timedelta(days=1)
    assert "삭제 요청" in as_("bob").get("/admin/reports").text
    clock.advance(hours=25)
    assert "기한 지남" in as_("bob").get("/admin/reports").text


def test_a_job_that_comes_too_early_or_twice_ends_nothing_twice(as_, node, clock, farm):
    decide(as_("bob"), farm)
    moderation.end_due(node, {"measure_id": 1})
    assert rows(node, Measure)[0].standing
    clock.advance(days=31)
    for _ in range(2):
        moderation.end_due(node, {"measure_id": 1})
    assert not rows(node, Measure)[0].standing
    moderation.end_due(node, {"measure_id": 77})
