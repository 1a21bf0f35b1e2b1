"""Requests about one's data: by members and others, ten days, each step written down."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from support.visitors import join, link_in

from wizzle.core.models import DataRequest, DataRequestStep
from wizzle.core.work import run_jobs

ASKED = {"kind": "see", "text": "무엇을 갖고 있나요?", "idempotency_key": "k1"}


@pytest.fixture
def requests_of(node):
    def found():
        with node.db.read() as session:
            rows = session.scalars(select(DataRequest).order_by(DataRequest.id)).all()
            session.expunge_all()
            return rows

    return found


def steps(node):
    with node.db.read() as session:
        return session.scalars(select(DataRequestStep.step).order_by(DataRequestStep.id)).all()


def letters_to(letters, address):
    return [each for each in letters() if each["To"] == address]


def test_a_member_is_first_shown_what_they_can_do_by_themselves(as_):
    page = as_("alice").get("/me/requests").text
    assert page.index("/me/data") < page.index("<textarea")
    assert page.index("/me/leave") < page.index("<textarea")


def test_a_member_asks_and_is_answered_within_ten_days(as_, requests_of, clock, letters, node):
    alice, bob = as_("alice"), as_("bob")
    assert alice.post("/me/requests", data=ASKED).status_code == 302
    (request,) = requests_of()
    assert request.due_at == clock.now() + timedelta(days=10)
    assert letters_to(letters, "bob@example.com")
    page = bob.get("/admin/requests").text
    assert "앨리스" in page
    bob.post(f"/admin/requests/{request.id}/take-up")
    answer = {"outcome": "done", "text": "메일에 적었어요 <b>"}
    assert bob.post(f"/admin/requests/{request.id}", data=answer).status_code == 302
    (letter,) = letters_to(letters, "alice@example.com")
    assert "메일에 적었어요" in letter.get_content()
    shown = alice.get("/me/requests").text
    assert "메일에 적었어요 &lt;b&gt;" in shown
    assert steps(node) == ["open", "in_work", "done"]


def test_the_same_form_sent_twice_is_one_request(as_, requests_of):
    alice = as_("alice")
    for _ in range(2):
        assert alice.post("/me/requests", data=ASKED).status_code == 302
    as_("gina").post("/me/requests", data=ASKED)  # her form may have the same key
    assert len(requests_of()) == 2


def test_an_answer_is_given_once(as_, requests_of):
    as_("alice").post("/me/requests", data=ASKED)
    bob, url = as_("bob"), f"/admin/requests/{requests_of()[0].id}"
    assert bob.post(url, data={"outcome": "refused", "text": "안 돼요"}).status_code == 302
    assert bob.post(url, data={"outcome": "done", "text": "돼요"}).status_code == 409
    assert requests_of()[0].answer == "안 돼요"


@pytest.mark.parametrize("who", ["alice", "erin", "dana", "frank"])
def test_only_stewards_see_and_answer(as_, requests_of, who):
    as_("alice").post("/me/requests", data=ASKED)
    other = as_(who)
    url = f"/admin/requests/{requests_of()[0].id}"
    assert other.get("/admin/requests").status_code == 403
    assert other.get(url).status_code == 403
    assert other.post(url, data={"outcome": "done", "text": "x"}).status_code == 403


def test_a_stranger_proves_the_address_before_the_clock_begins(client, requests_of, letters, clock):
    typed = {**ASKED, "name": "지나던 이", "email": "Guest@Example.com"}
    assert client.post("/rights", data=typed).status_code == 200
    (request,) = requests_of()
    assert (request.state, request.due_at) == ("unproven", None)
    (letter,) = letters_to(letters, "guest@example.com")
    link = link_in(letter)
    client.get(link)  # a scanner of mail opens links too
    assert requests_of()[0].state == "unproven"
    clock.advance(days=1)
    assert client.post(link).status_code == 302
    assert requests_of()[0].due_at == clock.now() + timedelta(days=10)
    assert "기다림" in client.get(link).text
    clock.advance(days=2)
    client.post(link)
    assert requests_of()[0].due_at == clock.now() + timedelta(days=8)  # pressed again: no new clock


def test_a_link_that_nobody_pressed_in_three_days_is_over(client, requests_of, letters, clock):
    client.post("/rights", data={**ASKED, "name": "이", "email": "guest@example.com"})
    link = link_in(letters()[0])
    clock.advance(days=4)
    assert client.post(link).status_code == 404
    assert requests_of()[0].state == "unproven"


def test_requests_of_strangers_are_bounded(client, node):
    typed = {**ASKED, "name": "이", "email": "guest@example.com"}
    answers = [
        client.post("/rights", data={**typed, "idempotency_key": f"k{n}"}).status_code
        for n in range(5)
    ]
    assert answers[-1] == 429


def test_stewards_are_reminded_after_seven_days_and_see_what_is_overdue(as_, clock, letters, node):
    as_("alice").post("/me/requests", data=ASKED)
    bob = as_("bob")
    run_jobs(node)
    clock.advance(days=6, hours=23)
    run_jobs(node)
    before = len(letters_to(letters, "bob@example.com"))
    clock.advance(hours=2)
    run_jobs(node)
    run_jobs(node)
    assert len(letters_to(letters, "bob@example.com")) == before + 1
    assert "기한이 지났어요" not in bob.get("/admin").text
    clock.advance(days=4)
    page = bob.get("/admin").text
    assert "개인정보 요청 1건의 기한이 지났어요" in page
    assert "기한 지남" in bob.get("/admin/requests").text


def test_nobody_is_reminded_of_what_was_answered(as_, requests_of, clock, letters, node):
    as_("alice").post("/me/requests", data=ASKED)
    bob = as_("bob")
    bob.post(f"/admin/requests/{requests_of()[0].id}", data={"outcome": "done", "text": "네"})
    before = len(letters_to(letters, "bob@example.com"))
    clock.advance(days=8)
    run_jobs(node)
    assert len(letters_to(letters, "bob@example.com")) == before


def test_a_request_of_somebody_who_leaves_is_still_answered_and_then_names_nobody(
    client, as_, requests_of, letters
):
    from support.visitors import PASSWORD

    join(client)
    client.post("/me/requests", data={**ASKED, "kind": "erase"})
    assert client.post("/me/leave", data={"password": PASSWORD}).status_code == 302
    (request,) = requests_of()
    assert request.state == "open"
    as_("bob").post(f"/admin/requests/{request.id}", data={"outcome": "done", "text": "지웠어요"})
    assert any("지웠어요" in one.get_content() for one in letters_to(letters, "haneul@example.com"))
    (request,) = requests_of()
    assert (request.name, request.email) == ("-", "")


@pytest.mark.parametrize("address", ["/rights/nothing", "/rights/" + "x" * 900])
def test_a_link_that_was_never_sent_leads_nowhere(client, address):
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


def test_an_unusable_form_is_shown_again_with_what_was_typed(client):
    page = client.post("/rights", data={**ASKED, "name": "이", "email": "kein", "kind": "x"})
    assert page.status_code == 422
    assert "무엇을 갖고 있나요?" in page.text
    assert re.search(r'id="f-email-error"', page.text)
