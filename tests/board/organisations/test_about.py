"""What an organisation says of itself, the badge, its team, plans and reports."""

from __future__ import annotations

from io import BytesIO

import pytest
from support.telling import bring, words
from support.visitors import person

from wizzle.core.errors import Refused
from wizzle.core.facts import PersonLeft
from wizzle.core.members import leave
from wizzle.plugins.board.organisations import actions, queries

AT = "/board/organisations/garden"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def badge(node, garden):
    with node.db.read() as session:
        return queries.badge_of(session, garden, node.clock.now())


def test_the_badge_needs_a_steward_holds_a_year_and_only_for_what_was_seen(
    node, cast, garden, as_, client, clock
):
    typed = {"form": "npo", "number": "제2021-3호", "version": "0"}
    dana, bob = as_("dana"), as_("bob")
    assert as_("alice").post(f"{AT}/about", data=typed).status_code == 403
    assert dana.post(f"{AT}/about", data=typed).status_code == 302
    seen = {"seen": "등록증", "version": "1"}
    for name in ("alice", "dana"):
        assert as_(name).post(f"{AT}/verify", data=seen).status_code == 403
    assert bob.post(f"{AT}/verify", data={**seen, "version": "0"}).status_code == 409
    assert bob.post(f"{AT}/verify", data=seen).status_code == 302
    page = client.get("/spaces/garden").text
    assert "확인된 단체" in page
    assert "등록증" in page
    assert "제2021-3호" in page
    clock.advance(days=364)
    assert badge(node, garden) is not None
    clock.advance(days=2)
    assert badge(node, garden) is None
    assert "확인된 단체" not in client.get("/spaces/garden").text


def test_a_changed_number_takes_the_badge_along(node, cast, garden):
    dana, bob = cast.person("dana").id, cast.person("bob").id

    def says(number, version):
        with node.db.write() as session:
            actions.describe(
                node, session, garden, form="npo", number=number, books_open=False,
                version=version, actor_id=dana,
            )  # fmt: skip

    says("제1호", 0)
    with node.db.write() as session:
        actions.verify(node, session, garden, seen="등록증", version=1, actor_id=bob)
    assert badge(node, garden).seen == "등록증"
    with pytest.raises(Refused):
        says("제2호", 0)  # from a window that is out of date
    says("제2호", 1)
    assert badge(node, garden) is None


def test_whoever_runs_it_does_not_verify_it(node, cast, garden):
    dana = cast.person("dana").id
    with node.db.write() as session:
        actions.describe(
            node, session, garden, form="npo", number="", books_open=False, version=0,
            actor_id=dana,
        )  # fmt: skip
    with node.db.write() as session, pytest.raises(Refused, match="yourself"):
        actions.verify(node, session, garden, seen="등록증", version=1, actor_id=dana)


def test_people_are_named_once_they_agree_and_no_longer_than_that(node, cast, garden, as_, client):
    alice = cast.person("alice")
    typed = {"email": alice.email, "task": "물 주기"}
    assert as_("charlie").post(f"{AT}/team", data=typed).status_code == 403
    known = as_("dana").post(f"{AT}/team", data=typed, follow_redirects=True)
    unknown = as_("dana").post(
        f"{AT}/team", data={"email": "nobody@example.com", "task": "물 주기"},
        follow_redirects=True,
    )  # fmt: skip
    # Nobody learns from the answer whether an address has an account.
    assert known.status_code == unknown.status_code == 200
    assert "회원의 주소라면" in known.text
    assert "회원의 주소라면" in unknown.text
    assert "앨리스" not in known.text
    assert "앨리스" not in client.get("/spaces/garden").text
    me = as_("alice")
    assert "물 주기" in me.get("/board/me").text
    assert "물 주기" in me.get("/me").text
    me.post(f"/board/me/teams/{garden}", data={"agree": "yes"})
    assert "앨리스" in client.get("/spaces/garden").text
    assert as_("charlie").post(f"/board/me/teams/{garden}", data={}).status_code == 404
    me.post(f"/board/me/teams/{garden}", data={})
    assert "앨리스" not in client.get("/spaces/garden").text


@pytest.mark.parametrize("node", ["sqlite"], indirect=True)
def test_another_task_is_asked_for_anew(node, cast, garden, as_, client):
    alice, dana = cast.person("alice"), as_("dana")
    dana.post(f"{AT}/team", data={"email": alice.email, "task": "물 주기"})
    as_("alice").post(f"/board/me/teams/{garden}", data={"agree": "yes"})
    dana.post(f"{AT}/team", data={"email": alice.email, "task": "회계"})
    assert "회계" not in client.get("/spaces/garden").text


def test_who_leaves_is_named_nowhere(node, cast, garden, as_, client):
    alice = cast.person("alice")
    as_("dana").post(f"{AT}/team", data={"email": alice.email, "task": "물 주기"})
    as_("alice").post(f"/board/me/teams/{garden}", data={"agree": "yes"})
    with node.db.write() as session:
        fact = PersonLeft(alice.id, alice.name, alice.email, "ko")
        node.hooks.person_left(node=node, session=session, fact=fact)
        leave(session, alice.id, at=node.clock.now())
    assert "물 주기" not in client.get("/spaces/garden").text
    assert person(node, alice.email) is None


def written(as_, **more):
    typed = {
        "kind": "plan", "year": "2027", "text": "감자 심기", "income": "1000000",
        "expense": "900000", "reached": "120", "version": "0", **more,
    }  # fmt: skip
    return as_("dana").post(f"{AT}/reports/write", data=typed)


def test_a_plan_is_read_by_everyone_with_its_document_as_a_file(node, cast, garden, as_, client):
    assert written(as_, paper=(BytesIO(PDF), "우리 계획.pdf")).status_code == 302
    page = client.get(f"{AT}/reports/2027/plan").text
    assert "감자 심기" in page
    assert "1,000,000" in page
    assert "PDF" in page
    file = client.get(f"{AT}/reports/2027/plan.pdf")
    assert file.data == PDF
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in file.headers["Content-Security-Policy"]
    assert client.get(f"{AT}/reports/2027/report").status_code == 404


@pytest.mark.parametrize(
    "content", [b"", b"<html>", b"%PDF-1.7 and no end", PDF + b"x" * 6_000_000]
)
@pytest.mark.parametrize("node", ["sqlite"], indirect=True)
def test_what_is_no_pdf_or_too_large_is_refused(cast, garden, as_, content):
    answer = written(as_, paper=(BytesIO(content), "a.pdf"))
    assert answer.status_code == 422
    assert "감자 심기" in answer.text


def test_a_report_is_changed_in_one_window_at_a_time_and_taken_down(node, garden, as_, client):
    written(as_)
    assert written(as_, text="다른 창").status_code == 409
    assert written(as_, text="고친 글", version="1").status_code == 302
    assert "고친 글" in client.get(f"{AT}/reports/2027/plan").text
    with node.db.read() as session:
        row = queries.report_page(session, garden, 2027, "plan")
    at = f"{AT}/reports/{row.id}/withdraw"
    assert as_("frank").post(at).status_code == 403
    assert as_("dana").post(at).status_code == 302
    assert client.get(f"{AT}/reports/2027/plan").status_code == 404


@pytest.mark.parametrize("node", ["sqlite"], indirect=True)
def test_pages_of_another_kind_of_space_are_no_organisations(cast, as_):
    cast.space("shop")
    assert as_("bob").get("/board/organisations/shop/desk").status_code == 404


def test_those_who_run_it_are_told_a_month_before_the_badge_ends_unless_it_was_renewed(
    node, cast, garden, clock
):
    dana, bob = cast.person("dana").id, cast.person("bob").id
    with node.db.write() as session:
        actions.describe(
            node, session, garden, form="npo", number="", books_open=False, version=0,
            actor_id=dana,
        )  # fmt: skip

    def look():
        with node.db.write() as session:
            actions.verify(node, session, garden, seen="등록증", version=1, actor_id=bob)

    def words_of(name):
        bring(node)
        return [each for each in words(node, name) if "확인 표시가" in each]

    look()
    clock.advance(days=300)
    look()
    clock.advance(days=50)
    assert words_of("dana") == []  # the first look's month, and it was looked at again
    clock.advance(days=290)
    assert len(words_of("dana")) == len(words_of("erin")) == 1
    assert words_of("bob") == []
