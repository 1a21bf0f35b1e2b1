"""The steward's other rooms: first steps, jobs, log, people, pages, home page, numbers."""

from __future__ import annotations

import os
import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from support.visitors import queries

from wizzle.core import outbox
from wizzle.core.answers import FirstStep, Section
from wizzle.core.errors import Unreachable
from wizzle.core.models import AuditRecord, Grant, Job, Person
from wizzle.core.values import Message
from wizzle.core.web import create_app
from wizzle.core.web.first_steps import BACKUP, is_real
from wizzle.core.work import run_jobs
from wizzle.node_config import Operator

ROOMS = ("/admin/spaces", "/admin/home", "/admin/numbers", "/admin/numbers.csv", "/admin/log.csv")


@pytest.mark.parametrize("room", ROOMS)
def test_only_stewards_come_in(as_, client, room):
    assert as_("bob").get(room).status_code == 200
    assert as_("dana").get(room).status_code == 403
    assert client.get(room).status_code == 302


def collecting(node, monkeypatch, **answers):
    """Let the host collect these answers; whatever else is asked gives what it does."""
    ask = node.host.collect

    def collect(hook, **arguments):
        return list(answers[hook]) if hook in answers else ask(hook, **arguments)

    monkeypatch.setattr(node.host, "collect", collect)


# First steps


def test_the_list_says_what_is_missing_and_goes_when_all_is_done(as_, node, monkeypatch):
    page = as_("bob").get("/admin").text
    assert "처음 할 일" in page
    assert "두 번째 운영자" in page
    step = FirstStep(Message("Done", {}), Message("", {}), "/", done=True)
    monkeypatch.setattr("wizzle.core.web.first_steps._of_core", lambda *_: [step])
    assert "처음 할 일" not in as_("bob").get("/admin").text


def test_a_step_is_done_by_what_stands_not_by_a_tick(as_, node, cast, clock):
    bob = as_("bob")
    assert 'first-step is-done">' not in bob.get("/admin").text
    with node.db.write() as session:
        person = cast.person("alice")
        session.add(Grant(person_id=person.id, role="steward", granted_at=clock.now()))
    assert bob.get("/admin").text.count("first-step is-done") == 1
    (node.home / BACKUP).touch()
    now = clock.now().timestamp()
    os.utime(node.home / BACKUP, (now, now))
    assert bob.get("/admin").text.count("first-step is-done") == 2
    clock.advance(days=9)
    assert bob.get("/admin").text.count("first-step is-done") == 1


def test_the_steps_of_plugins_stand_among_them(as_, node, monkeypatch):
    step = FirstStep(Message("The first goods", {}), Message("", {}), "/there", False, order=1)
    collecting(node, monkeypatch, first_steps=[step])
    page = as_("bob").get("/admin").text
    assert page.index("The first goods") < page.index("두 번째 운영자")
    assert 'href="/there"' in page


@pytest.mark.parametrize(
    ("changes", "real"),
    [({}, True), ({"business_number": "000-82-00025"}, False), ({"email": "a@b.example"}, False),
     ({"trade_name": "이웃살림 (예시)"}, False), ({"email": "hello@gangbuk.example.org"}, False)],
)  # fmt: skip
def test_the_operator_of_an_example_is_not_real(changes, real):
    operator = {
        "trade_name": "이웃살림", "representative": "홍길동", "address": "서울 강북구 1",
        "phone": "02-1", "email": "hello@gangbuk.kr", "business_number": "123-45-67891",
    }  # fmt: skip
    assert is_real(Operator(**{**operator, **changes})) is real


def test_a_test_letter_leaves_and_is_bounded(as_, node):
    bob = as_("bob")
    assert bob.post("/admin/test-mail").status_code == 302
    assert "보내는 중이에요" in bob.get("/admin").text
    run_jobs(node)
    assert "시험 편지가 나갔어요" in bob.get("/admin").text
    (file,) = (node.home / "mail").glob("*.eml")
    assert "bob@example.com" in file.read_text("utf-8")
    codes = [bob.post("/admin/test-mail").status_code for _ in range(6)]
    assert codes[-1] == 429


# Jobs


@pytest.fixture
def failing(node, clock):
    """Three letters that failed for good, one that is to be tried again."""
    letter = {"to": "someone@example.com", "subject": "x", "text": "the secret link"}
    with node.db.write() as session:
        for number in range(4):
            outbox.enqueue(session, "mail", letter, key=f"k{number}", at=clock.now())
    tried = []

    def refuse(_letter):
        tried.append(1)
        raise Unreachable("no such mailbox", permanent=len(tried) <= 3)

    outbox.run_due(node.db, clock, {"mail": refuse}, limit=4)


def states(node):
    with node.db.read() as session:
        return sorted(session.scalars(select(Job.state)))


def test_jobs_are_told_apart_and_all_of_a_kind_are_sent_again(as_, node, failing):
    bob = as_("bob")
    assert bob.get("/admin/jobs").text.count("someone@example.com") == 3
    again = bob.get("/admin/jobs?stands=failing").text
    assert again.count("someone@example.com") == 1
    assert "다음 시도" in again
    assert "the secret link" not in again
    bob.post("/admin/jobs/send-all-again", data={"kind": "mail"})
    assert states(node) == ["waiting"] * 4
    assert bob.get("/admin/jobs?stands=nonsense&kind=x").status_code == 200


def test_a_job_is_dropped_for_a_reason_and_nothing_of_it_stays(as_, node, failing):
    bob = as_("bob")
    assert bob.post("/admin/jobs/1/drop", data={"reason": " "}).status_code == 422
    assert bob.post("/admin/jobs/1/drop", data={"reason": "주소가 없어요"}).status_code == 302
    assert states(node) == ["dropped", "failed", "failed", "waiting"]
    with node.db.read() as session:
        assert session.get_one(Job, 1).payload == {}
        record = session.scalars(select(AuditRecord).order_by(AuditRecord.id.desc())).first()
        assert record.details == {"kind": "mail", "reason": "주소가 없어요"}
    assert bob.post("/admin/jobs/1/drop", data={"reason": "x"}).status_code == 409
    assert bob.post("/admin/jobs/99/drop", data={"reason": "x"}).status_code == 404
    assert as_("alice").post("/admin/jobs/2/drop", data={"reason": "x"}).status_code == 403


# The log


def test_the_log_is_narrowed_by_person_subject_and_day(as_, node, cast, clock):
    bob, alice = as_("bob"), cast.person("alice")
    bob.post(f"/admin/people/{alice.id}/block", data={"reason": "욕설"})
    clock.advance(days=1)
    bob.post(f"/admin/people/{alice.id}/unblock")
    blocked = "계정을 막았어요"

    def shows(query):
        page = bob.get(f"/admin/log?{query}").text
        return (blocked in page, page.count("<tr>") - 1)

    assert shows(f"subject=person+{alice.id}") == (True, 2)
    assert shows("day=2026-11-23") == (True, 1)
    assert shows("who=보배") == (True, 2)
    assert shows("who=앨리스")[0] is False
    assert shows("subject=person+99")[0] is False
    for nonsense in ("day=x", "day=9999-12-31", "person=x", "who=%25", "subject=x+y+z"):
        assert bob.get(f"/admin/log?{nonsense}").status_code == 200


def test_the_log_speaks_in_words_in_both_languages(as_, cast):
    cast.person("bob")
    bob = as_("bob")
    bob.post("/admin/home/visitor/reset")
    assert "첫 화면" in bob.get("/admin/log").text
    bob.post("/language", data={"language": "en"})
    page = bob.get("/admin/log").text
    assert "home arranged" in page
    assert "home.arranged" not in page


def test_the_log_is_taken_along_as_a_file(as_, cast):
    bob, alice = as_("bob"), cast.person("alice")
    bob.post(f"/admin/people/{alice.id}/block", data={"reason": "욕설"})
    file = bob.get("/admin/log.csv?action=person.")
    rows = file.get_data(as_text=True).splitlines()
    assert len(rows) == 2
    assert "person.blocked" in rows[1]
    assert "욕설" in rows[1]


# People and pages


def test_a_person_has_a_page_with_roles_reason_and_log(as_, cast):
    bob, erin = as_("bob"), cast.person("erin")
    page = bob.get(f"/admin/people/{erin.id}").text
    assert "완주로컬푸드협동조합" in page
    bob.post(f"/admin/people/{erin.id}/block", data={"reason": "<b>사칭</b>"})
    page = bob.get(f"/admin/people/{erin.id}").text
    assert "&lt;b&gt;사칭" in page
    assert "막아 두었어요" in page
    assert bob.get("/admin/people/999").status_code == 404
    assert as_("alice").get(f"/admin/people/{erin.id}").status_code == 403


def test_roles_are_given_and_taken_on_a_persons_page(as_, node, cast):
    bob, gina, shop = as_("bob"), cast.person("gina"), cast.space("shop")
    give, take = f"/admin/people/{gina.id}/roles", f"/admin/people/{gina.id}/roles/{shop.id}/take"
    for named in ("수유 책방", "shop", "http://localhost/spaces/shop"):
        assert bob.post(give, data={"space": named}).status_code == 302
        with node.db.read() as session:
            grant = session.scalars(select(Grant).where(Grant.person_id == gina.id)).one()
            assert (grant.space_id, grant.role) == (shop.id, "owner")
        assert bob.post(take, data={"role": "owner"}).status_code == 302
    assert bob.post(give, data={"space": "없는 곳"}).status_code == 404
    assert as_("alice").post(give, data={"space": "shop"}).status_code == 403


def test_nobody_unproven_gets_a_role(as_, node, cast):
    bob, gina = as_("bob"), cast.person("gina")
    cast.space("shop")
    with node.db.write() as session:
        session.get_one(Person, gina.id).email_checked_at = None
    assert bob.post(f"/admin/people/{gina.id}/roles", data={"space": "shop"}).status_code == 422
    assert bob.post(f"/admin/people/{gina.id}/make-steward").status_code == 409
    assert "주소를 확인한 사람에게만" in bob.get(f"/admin/people/{gina.id}").text


def test_people_and_pages_are_found_by_how_they_stand(as_, node, cast):
    for name in ("alice", "erin"):
        cast.person(name)
    bob = as_("bob")
    assert "erin@" in bob.get("/admin/people?standing=runs").text
    assert "alice@" not in bob.get("/admin/people?standing=runs").text
    assert "bob@" in bob.get("/admin/people?standing=steward").text
    cast.space("shop")
    assert "수유 책방" in bob.get("/admin/spaces?standing=nobody").text
    assert "완주로컬" not in bob.get("/admin/spaces?standing=nobody").text
    assert "완주로컬" in bob.get("/admin/spaces?q=완주&kind=producer").text
    assert bob.get("/admin/spaces?standing=x&kind=y&after=z").status_code == 200


# The home page


def test_sections_go_up_and_down_out_and_back_for_visitors_and_members_apart(
    as_, client, node, monkeypatch
):
    found = [
        Section("core/link_sent.html", {"email": "one@x"}, order=10, title=Message("One", {})),
        Section("wizzle/shell/flashes.html", order=20, title=Message("Two", {})),
    ]
    three = Section("core/measure_state.html", order=30, title=Message("Three", {}))
    collecting(node, monkeypatch, home_sections=[*found, three])
    bob = as_("bob")

    def order(audience="visitor"):
        page = bob.get(f"/admin/home?audience={audience}").text
        return re.findall(r'name="section" value="([^"]+)"', page)

    usual = [found[0].template, found[1].template, three.template]
    assert order() == usual
    step = {"section": found[1].template, "step": "up"}
    assert bob.post("/admin/home/visitor", data=step).status_code == 302
    assert order() == [usual[1], usual[0], usual[2]]
    assert order("member") == usual
    assert "one@x" in client.get("/").text
    bob.post("/admin/home/visitor", data={"section": usual[0], "step": "hide"})
    assert "one@x" not in client.get("/").text
    assert "one@x" in bob.get("/").text
    bob.post("/admin/home/visitor", data={"section": usual[0], "step": "show"})
    assert "one@x" in client.get("/").text
    for nonsense in ({"section": "x", "step": "up"}, {"step": "fly"}, {}):
        assert bob.post("/admin/home/visitor", data=nonsense).status_code == 302
    bob.post("/admin/home/visitor/reset")
    assert order() == usual
    assert as_("alice").post("/admin/home/visitor", data=step).status_code == 403


def test_a_kept_page_of_a_stranger_follows_at_once(as_, node, monkeypatch):
    section = Section("core/link_sent.html", {"email": "one@x"}, title=Message("One", {}))
    collecting(node, monkeypatch, home_sections=[section])
    site = create_app(node, keeps_pages=True)
    assert "one@x" in site.test_client().get("/").text
    as_("bob").post("/admin/home/visitor", data={"section": section.template, "step": "hide"})
    assert "one@x" not in site.test_client().get("/").text


def test_a_section_that_comes_back_stands_where_it_stood_and_a_new_one_where_it_belongs(
    as_, node, monkeypatch
):
    places = {"one": 10, "two": 20, "first": 5, "new": 15}
    one, two, first, new = (
        Section(f"core/{name}.html", order=place, title=Message(name, {}))
        for name, place in places.items()
    )
    bob = as_("bob")

    def order(*found):
        monkeypatch.undo()
        collecting(node, monkeypatch, home_sections=found)
        page = bob.get("/admin/home").text
        return re.findall(r'name="section" value="core/(\w+).html"', page)

    order(one, two)
    bob.post("/admin/home/visitor", data={"section": "core/two.html", "step": "up"})
    assert order(one, two) == ["two", "one"]
    assert order(two) == ["two"]
    bob.post("/admin/home/visitor", data={"section": "core/two.html", "step": "hide"})
    assert order(one, two) == ["two", "one"]
    assert order(first, one, new, two) == ["first", "new", "two", "one"]


def test_what_has_no_title_stays_and_cannot_be_left_out(as_, client, node, monkeypatch):
    """The notice of a broker, for one, which the law wants on the first page."""
    notice = Section("core/link_sent.html", {"email": "one@x"})
    collecting(node, monkeypatch, home_sections=[notice])
    bob = as_("bob")
    assert notice.template not in bob.get("/admin/home").text
    bob.post("/admin/home/visitor", data={"section": notice.template, "step": "hide"})
    assert "one@x" in client.get("/").text


# Numbers


def test_people_who_joined_are_counted_by_the_weeks_of_the_place(as_, node, clock):
    with node.db.write() as session:
        for number, back in enumerate((0, 1, 7, 8, 400)):
            session.add(
                Person(
                    email=f"n{number}@example.com", name="이웃", password_hash="-",
                    created_at=clock.now() - timedelta(days=back, minutes=1),
                )
            )  # fmt: skip
    bob = as_("bob")
    rows = bob.get("/admin/numbers.csv").get_data(as_text=True).splitlines()
    assert len(rows) == 14
    # Nine on Monday in Seoul: a day ago was last week; bob came now.
    assert [row.split(",")[1] for row in rows[-3:]] == ["1", "2", "2"]
    total = sum(int(row.split(",")[1]) for row in rows[1:])
    assert total == 5
    page = bob.get("/admin/numbers").text
    assert page.count("<figure") == 1
    assert "<table" in page
    months = bob.get("/admin/numbers.csv?by=month").get_data(as_text=True).splitlines()
    assert len(months) == 13


def test_the_page_of_numbers_costs_a_few_queries(as_, node):
    bob = as_("bob")
    bob.get("/admin/numbers")
    with queries(node) as asked:
        bob.get("/admin/numbers")
    assert len([each for each in asked if "SELECT" in each]) <= 4
