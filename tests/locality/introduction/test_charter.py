"""The charter: versions stay, members agree to one each, and are asked anew."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from support.cast import Cast

from wizzle.core import search
from wizzle.core.errors import Invalid, Refused
from wizzle.core.notices.models import Told
from wizzle.core.work import run_jobs
from wizzle.plugins.locality.introduction import actions
from wizzle.plugins.locality.introduction.models import Agreement, Charter

TODAY = date(2026, 11, 23)


@pytest.fixture
def propose(node, cast: Cast):
    """Write a version of the charter that is in force so many days from today on."""

    def proposed(days=0, text="함께 살아요", title="헌장"):
        with node.db.write() as session:
            made = actions.propose(
                node, session, title=title, text=text, changed="", actor_id=None,
                in_force_on=TODAY + timedelta(days=days),
            )  # fmt: skip
            return made.id

    return proposed


def agreements(node):
    with node.db.read() as session:
        rows = session.scalars(select(Agreement).where(Agreement.ended_at.is_(None)))
        return {(row.person_id, row.charter_id) for row in rows}


def test_members_agree_to_the_version_that_they_read(node, cast, as_, client, propose):
    first = propose()
    alice = as_("alice")
    assert "함께 살아요" in client.get("/alliance/charter").text
    alice.post("/alliance/charter/agree", data={"number": first})
    alice.post("/alliance/charter/agree", data={"number": first})
    assert agreements(node) == {(cast.person("alice").id, first)}
    assert "회원 1명이 동의했어요" in client.get("/alliance/charter").text
    assert client.post("/alliance/charter/agree", data={"number": first}).status_code == 302
    assert len(agreements(node)) == 1


def test_agreeing_to_a_page_left_open_over_a_change_is_refused(node, as_, propose, clock):
    first = propose()
    propose(days=2, text="새 약속")
    clock.advance(days=3)
    answer = as_("alice").post(
        "/alliance/charter/agree", data={"number": first}, follow_redirects=True
    )
    assert "지금은 다른 판이 시행 중이에요" in answer.text
    assert agreements(node) == set()
    for wrong in ("", "-1", "x", "9" * 30):
        as_("alice").post("/alliance/charter/agree", data={"number": wrong})
    assert agreements(node) == set()


def test_who_agreed_is_asked_anew_when_the_next_version_is_in_force(
    node, cast, as_, propose, clock
):
    first = propose()
    alice, gina, erin = (cast.person(name).id for name in ("alice", "gina", "erin"))
    with node.db.write() as session:
        for person in (alice, gina, erin):
            actions.agree(node, session, person, first, "ko")
        actions.disagree(node, session, gina)
    second = propose(days=2, text="새 약속")
    run_jobs(node)
    page = as_("alice").get("/me").text
    assert "새 헌장이 시행됐어요" not in page
    clock.advance(days=1, hours=20)  # early in the morning of its day
    with node.db.write() as session:
        actions.agree(node, session, erin, second, "ko")
    clock.advance(hours=5)
    run_jobs(node)
    with node.db.read() as session:
        told = session.scalars(select(Told).where(Told.kind == "locality.charter")).all()
    assert [row.person_id for row in told] == [alice]  # gina took it back, erin was faster
    assert "새 헌장이 시행됐어요" in as_("alice").get("/me").text
    as_("alice").post("/alliance/charter/agree", data={"number": second})
    assert "새 헌장이 시행됐어요" not in as_("alice").get("/me").text
    assert agreements(node) == {(p, c) for p in (alice, erin) for c in (first, second)}


def test_what_was_in_force_stays_as_it_was(node, cast, propose, clock):
    first = propose()
    assert propose() == first  # the same one twice is one
    later = propose(days=5, text="나중")
    with node.db.write() as session, pytest.raises(Refused):
        actions.withdraw(node, session, first, actor_id=cast.person("bob").id)
    with node.db.write() as session:
        actions.withdraw(node, session, later, actor_id=cast.person("bob").id)
    with pytest.raises(Invalid):
        propose(days=-1, text="거꾸로")
    with node.db.read() as session:
        assert list(session.scalars(select(Charter.id))) == [first]


def test_stewards_write_it_and_nobody_else(as_, client, node):
    typed = {"title": "헌장", "text": "# 하나\n<script>alert(1)</script>",
             "in_force_on": TODAY.isoformat()}  # fmt: skip
    assert as_("alice").post("/alliance/charter/new", data=typed).status_code == 403
    assert as_("bob").post("/alliance/charter/new", data=typed).status_code == 302
    page = client.get("/alliance/charter").text
    assert "<h2>하나</h2>" in page
    assert "<script>alert" not in page
    picture = {**typed, "text": "![](https://elsewhere.example/x.png)"}
    assert as_("bob").post("/alliance/charter/new", data=picture).status_code == 422


def test_a_version_is_found_by_its_words(node, client, propose):
    propose(text="빈자리를 늘 하나 남겨 둡니다", title="수유 헌장")
    search.keep_up(node)
    assert "수유 헌장" in client.get("/search?q=빈자리를").text


def test_leaving_takes_the_agreement_along(node, cast, propose):
    first = propose()
    alice = cast.person("alice").id
    with node.db.write() as session:
        actions.agree(node, session, alice, first, "ko")
        assert [each.name for each in node.host.collect(
            "personal_data", node=node, session=session, person_id=alice
        ) if each.name == "charter" and each.rows] == ["charter"]  # fmt: skip
        actions.forget_person(session, alice)
    assert agreements(node) == set()
