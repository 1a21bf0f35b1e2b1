"""A forgotten password: a link by mail, that works once and says nothing to others."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from support.visitors import PASSWORD, join, link_in, log_in, person

from wizzle.core.models import Job

NEW = "바람이 부는 언덕 위 느티나무"


@pytest.fixture
def forgetful(client):
    """Another device of a person who has joined."""
    join(client)
    return client.application.test_client()


def ask(browser, email="haneul@example.com"):
    return browser.post("/forgotten", data={"email": email})


def test_the_answer_is_the_same_whether_the_address_has_an_account(forgetful, letters):
    known = ask(forgetful)
    sent = len(letters())
    unknown = ask(forgetful, "nobody@example.com")
    assert known.status_code == unknown.status_code == 200
    assert known.text.replace("haneul", "nobody") == unknown.text
    assert len(letters()) == sent  # and no letter goes to a stranger


def test_the_link_sets_a_new_password_and_logs_every_device_out(client, forgetful, letters, node):
    ask(forgetful)
    path = link_in(letters()[-1])
    assert forgetful.get(path).status_code == 200
    assert forgetful.post(path, data={"password": NEW}).status_code == 302
    assert client.get("/me").status_code == 302  # the first device is out
    assert log_in(forgetful, "haneul@example.com", PASSWORD).status_code == 403
    assert log_in(forgetful, "haneul@example.com", NEW).status_code == 302
    assert person(node, "haneul@example.com").email_checked_at is not None
    assert "비밀번호가 바뀌었어요" in letters()[-1]["Subject"]


def test_the_link_works_once(forgetful, letters):
    ask(forgetful)
    path = link_in(letters()[-1])
    forgetful.post(path, data={"password": NEW})
    assert forgetful.post(path, data={"password": "다른 비밀번호 다시 열두"}).status_code == 404
    assert log_in(forgetful, "haneul@example.com", NEW).status_code == 302


def test_an_easy_new_password_is_refused_and_the_link_still_works(forgetful, letters):
    ask(forgetful)
    path = link_in(letters()[-1])
    assert forgetful.post(path, data={"password": "1234567890"}).status_code == 422
    assert forgetful.post(path, data={"password": NEW}).status_code == 302


def test_the_link_ends_after_an_hour(forgetful, letters, clock):
    ask(forgetful)
    path = link_in(letters()[-1])
    clock.advance(minutes=60)
    answer = forgetful.post(path, data={"password": NEW})
    assert answer.status_code == 404
    assert "새 링크를 받아 주세요" in answer.text


def test_only_the_last_of_two_links_works(forgetful, letters):
    ask(forgetful)
    first = link_in(letters()[-1])
    ask(forgetful)
    second = link_in(letters()[-1])
    assert forgetful.get(first).status_code == 404
    assert forgetful.get(second).status_code == 200


def test_no_letter_stays_behind_once_it_is_sent(forgetful, letters, node):
    ask(forgetful)
    token = link_in(letters()[-1]).rsplit("/", 1)[1]
    with node.db.read() as session:
        kept = session.scalars(select(Job.payload)).all()
    assert kept
    assert token not in str(kept)
    assert "haneul" not in str(kept)


def test_a_link_for_another_purpose_sets_no_password(forgetful, letters):
    check = link_in(letters()[0])
    token = check.rsplit("/", 1)[1]
    assert forgetful.post(f"/new-password/{token}", data={"password": NEW}).status_code == 404
    assert log_in(forgetful, "haneul@example.com", PASSWORD).status_code == 302


def test_a_link_sent_before_the_password_was_changed_stops(client, forgetful, letters):
    ask(forgetful)
    path = link_in(letters()[-1])
    client.post("/me/password", data={"old_password": PASSWORD, "password": NEW})
    assert forgetful.get(path).status_code == 404


def test_nobody_can_be_flooded_with_letters(forgetful, letters):
    answers = [ask(forgetful).status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
    # the answer is the same for an address without an account
    assert [ask(forgetful, "nobody@example.com").status_code for _ in range(4)] == answers


def test_a_new_password_ends_the_wait_after_too_many_guesses(forgetful, letters):
    for _ in range(11):
        log_in(forgetful, "haneul@example.com", "틀린 비밀번호입니다요")
    ask(forgetful)
    forgetful.post(link_in(letters()[-1]), data={"password": NEW})
    assert log_in(forgetful, "haneul@example.com", NEW).status_code == 302


@pytest.mark.parametrize("token", ["x", "0" * 64, "한글", "..%2f..%2fetc"])
def test_a_made_up_link_is_not_found(forgetful, token):
    assert forgetful.get(f"/new-password/{token}").status_code == 404
    assert forgetful.get(f"/check-email/{token}").status_code == 404
