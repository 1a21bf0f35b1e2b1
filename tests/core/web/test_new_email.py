"""Another e-mail address: only with the password, and only once its reader says so."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from support.visitors import PASSWORD, join, link_in, log_in, person

from wizzle.core.models import AuditRecord

NEW = "gureum@example.com"


@pytest.fixture
def me(client):
    join(client)
    return client


def ask(me, email=NEW, password=PASSWORD):
    return me.post("/me/email", data={"email": email, "password": password})


def test_the_new_address_counts_once_its_reader_pressed_the_button(me, letters, node):
    assert "haneul@example.com" in me.get("/me/email").text
    assert ask(me).status_code == 200
    letter = letters()[-1]
    assert letter["To"] == NEW
    path = link_in(letter)
    assert me.get(path).status_code == 200
    assert person(node, NEW) is None  # to look at the page changes nothing
    other = me.application.test_client()  # the mailbox may be on another device
    assert other.post(path).status_code == 302
    assert person(node, NEW).email_checked_at is not None
    assert person(node, "haneul@example.com") is None
    assert log_in(other, NEW, PASSWORD).status_code == 302
    third = me.application.test_client()
    assert log_in(third, "haneul@example.com", PASSWORD).status_code == 403
    told = letters()[-1]
    assert told["To"] == "haneul@example.com"
    assert "바뀌었어요" in told["Subject"]
    assert other.post(path).status_code == 404
    with node.db.read() as session:
        logged = session.scalars(select(AuditRecord).where(AuditRecord.action.like("%email"))).all()
    assert [each.action for each in logged] == ["person.changed_email"]
    assert "example.com" not in str(logged[0].details)


def test_without_the_password_or_with_no_other_address_nothing_is_sent(me, letters):
    sent = len(letters())
    assert ask(me, password="아닌데요 아닌데요").status_code == 422
    assert ask(me, email="haneul@example.com").status_code == 422
    assert ask(me, email="no address").status_code == 422
    assert len(letters()) == sent


def test_an_address_that_has_an_account_is_not_told_of(me, letters, node):
    other = me.application.test_client()
    join(other, email=NEW)
    me.get("/me")  # what was told last is read
    sent = len(letters())
    taken, free = ask(me), ask(me, email="free@example.com")
    same = [re.sub(r'value="[^"]{60,}"', "", page.text) for page in (taken, free)]  # tokens
    assert same[0].replace(NEW, "free@example.com") == same[1]
    assert [letter["To"] for letter in letters()[sent:]] == ["free@example.com"]


def test_an_address_that_was_taken_meanwhile_is_refused_and_nothing_changes(me, letters, node):
    ask(me)
    path = link_in(letters()[-1])
    join(me.application.test_client(), email=NEW)
    answer = me.post(path)
    assert answer.status_code == 409
    assert person(node, "haneul@example.com") is not None


def test_the_link_is_over_after_an_hour_and_after_another_was_asked_for(me, letters, clock):
    ask(me)
    first = link_in(letters()[-1])
    ask(me, email="sora@example.com")
    assert me.get(first).status_code == 404
    second = link_in(letters()[-1])
    clock.advance(minutes=61)
    assert me.post(second).status_code == 404


def test_a_link_to_the_former_address_sets_no_password_any_more(me, letters, node):
    browser = me.application.test_client()
    browser.post("/forgotten", data={"email": "haneul@example.com"})
    forgotten = link_in(letters()[-1])
    ask(me)
    me.post(link_in(letters()[-1]))
    assert browser.post(forgotten, data={"password": "바람이 부는 언덕 위"}).status_code == 404
