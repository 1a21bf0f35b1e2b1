"""A project on its pages: shown by who leads it, accepted by somebody else, told to everyone."""

from __future__ import annotations

import io
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select
from support.purse import TODAY, Purse, photograph

from wizzle.core import outbox
from wizzle.core.models import AuditRecord, Grant, Job
from wizzle.plugins.fund.carrying import actions, queries
from wizzle.plugins.fund.earmarks import queries as held

pytestmark = pytest.mark.parametrize("node", ["sqlite"], indirect=True)
LIMITS = {"evidence": "자리를 정했어요."}


def steps_of(purse: Purse, project: int) -> list[int]:
    with purse.node.db.read() as session:
        return [each.id for each in queries.milestones(session, project)]


def payable(purse: Purse, project: int) -> int | None:
    with purse.node.db.read() as session:
        return queries.payable(session, project)


def told_to(purse: Purse, name: str) -> str:
    return purse.sees(name, "/me/notices")


def test_a_milestone_is_shown_asked_about_shown_again_and_accepted(purse: Purse, client):
    project = purse.project(6_000, 4_000)
    step = steps_of(purse, project)[0]
    path = f"/fund/projects/{project}/steps/{step}"
    assert purse.browser("alice").get(path).status_code == 403
    assert purse.sends("hana", path, **LIMITS).status_code == 422  # neither picture nor link
    picture = (io.BytesIO(photograph()), "a.png")
    assert purse.sends("hana", path, **LIMITS, picture=picture).status_code == 302
    assert "자리를 정했어요." in purse.sees("tess", "/fund/projects/desk")
    assert payable(purse, project) == 0

    assert purse.sends("tess", f"{path}/ask", why="다리도 보여 주세요").status_code == 302
    assert "다리도 보여 주세요" in purse.sees("hana", path)
    refused = purse.sends("tess", f"{path}/accept", follow=True)
    assert payable(purse, project) == 0
    assert "아직" in refused.get_data(as_text=True)

    assert purse.sends("hana", path, **LIMITS, link="https://example.com/").status_code == 302
    assert purse.sends("audrey", f"{path}/accept").status_code == 403
    assert purse.sends("alice", f"{path}/accept").status_code == 403
    assert purse.sends("tess", f"{path}/accept").status_code == 302
    assert payable(purse, project) == 6_000
    shown = client.get(f"/fund/projects/{project}").get_data(as_text=True)
    assert "자리를 정했어요." in shown
    assert "tess" not in shown
    assert "6,000원" in shown


def test_who_leads_a_project_never_accepts_it_nor_leaves_a_rule_aside(purse: Purse):
    project = purse.project(5_000, leader="tess")
    [step] = steps_of(purse, project)
    path = f"/fund/projects/{project}/steps/{step}"
    purse.sends("tess", path, **LIMITS, link="https://example.com/")
    assert purse.sends("tess", f"{path}/accept").status_code == 403
    early = {"what": "pay_early", "of": f"step:{step}", "amount": 1, "reason": "급해요",
             "idempotency_key": "k"}  # fmt: skip
    assert purse.sends("tess", f"/fund/projects/{project}/override", **early).status_code == 403
    assert payable(purse, project) == 0
    group, tess = purse.cast.space("group").id, purse.id("tess")
    with purse.node.db.write() as session:  # nor as an owner of the organisation that leads it
        found = queries.undertaking(session, project)
        found.leader_id, found.space_id = None, group
        session.add(Grant(person_id=tess, space_id=group, role="owner",
                          granted_at=purse.node.clock.now()))  # fmt: skip
    assert purse.sends("tess", f"{path}/accept").status_code == 403
    assert purse.sends("toby", f"{path}/accept").status_code == 302


def test_what_is_left_aside_has_a_reason_that_everyone_reads(purse: Purse, client):
    project = purse.project(6_000, 4_000, late=True)
    step = steps_of(purse, project)[1]
    path = f"/fund/projects/{project}/override"
    early = {"what": "pay_early", "of": f"step:{step}", "amount": 3_000, "idempotency_key": "a"}
    assert purse.sends("tess", path, **early).status_code == 422
    assert purse.sends("tess", path, **early, reason="나무값이 올라요").status_code == 302
    assert purse.sends("tess", path, **early, reason="나무값이 올라요").status_code == 302
    assert payable(purse, project) == 3_000  # the same form, once
    more = {**early, "idempotency_key": "b", "amount": 1_001, "reason": "더"}
    assert purse.sends("tess", path, **more).status_code == 422
    with purse.node.db.read() as session:
        report = queries.reports(session, project)[0].id
    day = (TODAY + timedelta(days=9)).isoformat()
    later = {"what": "later", "of": f"report:{report}", "day": day, "reason": "장마",
             "idempotency_key": "c"}  # fmt: skip
    assert "기한" in client.get("/fund").get_data(as_text=True)
    assert purse.sends("tess", path, **later).status_code == 302
    page = client.get(f"/fund/projects/{project}").get_data(as_text=True)
    assert "나무값이 올라요" in page
    assert "장마" in page
    with purse.node.db.read() as session:
        logged = session.scalars(select(AuditRecord).where(AuditRecord.action == "fund.override"))
        assert [each.details["what"] for each in logged] == ["pay_early", "later"]
        assert not queries.overdue(session, TODAY, 5)


def test_a_missing_report_is_shown_to_all_reminded_of_and_holds_the_end(purse: Purse, client):
    project = purse.project(6_000, accepted=1, late=True)
    for page in ("/fund", "/fund/projects", f"/fund/projects/{project}"):
        assert "보고" in client.get(page).get_data(as_text=True)
    assert f"/fund/projects/{project}" in purse.sees("audrey", "/fund/projects/desk")
    work = {kind: partial(do, purse.node) for kind, do in actions.WORK.items()}
    outbox.run_due(purse.node.db, purse.node.clock, work)
    assert "늦" in told_to(purse, "hana")
    purse.sends("tess", f"/fund/projects/{project}/finish")
    with purse.node.db.read() as session:
        assert queries.undertaking(session, project).ended_at is None
        report = queries.reports(session, project)[0].id
    path = f"/fund/projects/{project}/reports/{report}"
    assert purse.sends("alice", path, text="x").status_code == 403
    assert purse.sends("hana", path, text="다 놓았어요.").status_code == 302
    assert purse.sends("hana", path, text="고쳐요").status_code == 409
    assert "다 놓았어요." in client.get(f"/fund/projects/{project}").get_data(as_text=True)
    assert purse.sends("alice", f"/fund/projects/{project}/finish").status_code == 403
    purse.sends("tess", f"/fund/projects/{project}/finish")
    with purse.node.db.read() as session:
        assert queries.undertaking(session, project).ended_at is not None
        assert held.free(session) == 6_000
        assert session.scalar(select(Job.id).where(Job.state == "failed")) is None
    assert f"/fund/projects/{project}" in client.get(
        "/fund/projects?state=over").get_data(as_text=True)  # fmt: skip


def test_a_project_ends_without_its_report_only_with_a_reason(purse: Purse):
    project = purse.project(6_000)
    excuse = {"what": "no_report", "reason": "이끄는 분이 이사했어요", "idempotency_key": "k"}
    assert purse.sends("tess", f"/fund/projects/{project}/override", **excuse).status_code == 302
    purse.sends("tess", f"/fund/projects/{project}/finish")
    with purse.node.db.read() as session:
        assert queries.undertaking(session, project).ended_at is not None
