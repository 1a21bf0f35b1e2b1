"""Joining: the consents that the law asks for, one account for one address, a checked address."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select
from support.visitors import PASSWORD, join, link_in, log_in, person

from wizzle.core.models import Consent, Person, SignIn


def test_who_joins_is_logged_in_and_welcomed(client, node):
    answer = join(client, name="하늘")
    assert answer.status_code == 302
    page = client.get(answer.location).text
    assert "하늘" in page
    assert "반가워요" in page
    assert person(node, "haneul@example.com").email_checked_at is None


def test_each_consent_is_kept_with_its_version(client, node):
    join(client, news=None)
    join_again = client.application.test_client()
    join(join_again, email="news@example.com", news="yes")
    with node.db.read() as session:
        rows = session.execute(
            select(Person.email, Consent.subject).join(Consent, Consent.person_id == Person.id)
        ).all()
    without = {subject for email, subject in rows if email == "haneul@example.com"}
    assert without == {"terms", "privacy", "age"}
    assert {s for email, s in rows if email == "news@example.com"} == without | {"news"}


@pytest.mark.parametrize("box", ["terms", "privacy", "age"])
def test_a_required_box_left_empty_makes_no_account(client, node, box):
    answer = join(client, **{box: None})
    assert answer.status_code == 422
    assert person(node, "haneul@example.com") is None
    assert "하늘" in answer.text  # what was typed is still there
    assert PASSWORD not in answer.text


def test_no_box_is_ticked_beforehand_and_each_consent_says_what_it_is(client):
    page = client.get("/join").text
    assert not re.search(r'type="checkbox"[^>]* checked', page)
    for item in ("목적", "항목", "보유 기간", "거부할 권리"):
        assert item in page


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("짧아요", "10글자 이상"),
        ("1234567890", "짐작하기 쉬운"),
        ("01012345678", "짐작하기 쉬운"),
        ("password123", "짐작하기 쉬운"),
        ("qwertyuiop", "짐작하기 쉬운"),
        ("haneul@example.com", "짐작하기 쉬운"),
        ("aaaaaaaaaaaa", "짐작하기 쉬운"),
        ("가" * 201, "200글자까지만"),
    ],
)
def test_an_easy_password_is_refused_in_a_sentence(client, node, password, sentence):
    answer = join(client, password=password)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert person(node, "haneul@example.com") is None


@pytest.mark.parametrize(
    "email",
    ["nobody", "a@b", "a b@example.com", "a@example.com\r\nBcc: x@example.com", "<a@example.com>"],
)
def test_what_is_no_address_is_refused(client, node, email):
    assert join(client, email=email).status_code == 422
    with node.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 0


def test_the_form_sent_twice_makes_one_account_and_logs_in_both_times(client, node):
    first, second = client, client.application.test_client()
    assert join(first).status_code == 302
    assert join(second, email="HANEUL@example.com ").status_code == 302
    assert second.get("/me").status_code == 200
    with node.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 1


def test_the_address_of_another_is_refused_and_opens_nothing(client, node):
    join(client)
    attacker = client.application.test_client()
    answer = join(attacker, password="전혀 다른 비밀번호예요")
    assert answer.status_code == 422
    assert "이미 이 주소로" in answer.text
    assert attacker.get("/me").status_code == 302
    with node.db.read() as session:
        assert session.scalar(select(func.count()).select_from(SignIn)) == 1


def test_the_letter_checks_the_address_once_and_only_by_the_button(client, node, letters):
    join(client)
    letter = letters()[0]
    assert letter["To"] == "haneul@example.com"
    assert "강북위즐" in letter["Subject"]
    path = link_in(letter)
    for look in (client.get, client.head):  # a scanner of mail opens the link first
        assert look(path).status_code == 200
        assert person(node, "haneul@example.com").email_checked_at is None
    assert client.post(path).status_code == 302
    assert person(node, "haneul@example.com").email_checked_at is not None
    again = client.post(path)
    assert again.status_code == 404
    assert "이미 쓴 링크" in again.text


def test_the_link_ends_after_three_days(client, node, letters, clock):
    join(client)
    path = link_in(letters()[0])
    clock.advance(days=3)
    assert client.post(path).status_code == 404
    assert person(node, "haneul@example.com").email_checked_at is None


def test_a_letter_sent_again_makes_the_first_link_stop(client, letters):
    join(client)
    first = link_in(letters()[0])
    client.post("/me/check-email")
    second = link_in(letters()[-1])
    assert first != second
    assert client.get(first).status_code == 404
    assert client.post(second).status_code == 302


def test_links_in_letters_do_not_follow_the_host_that_a_request_claims(client, letters):
    client.post(
        "/join",
        data={
            "name": "하늘", "email": "haneul@example.com", "password": PASSWORD,
            "terms": "yes", "privacy": "yes", "age": "yes",
        },
        headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"},
    )  # fmt: skip
    assert "evil.example" not in letters()[0].get_content()


def test_a_name_cannot_bring_markup_or_a_second_line(client, node):
    assert join(client, name="<script>alert(1)</script>").status_code == 302
    page = client.get("/me").text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    other = client.application.test_client()
    assert join(other, email="b@example.com", name="하늘\r\nBcc: all").status_code == 422


def test_joining_goes_on_to_where_one_came_from_but_never_elsewhere(client):
    assert join(client, next="/spaces?kind=hub").location == "/spaces?kind=hub"


def test_a_place_that_signs_up_too_often_must_wait(client, clock):
    answers = [
        join(client.application.test_client(), email=f"n{i}@example.com").status_code
        for i in range(21)
    ]
    assert answers[:20] == [302] * 20
    assert answers[20] == 429
    clock.advance(minutes=61)
    assert join(client.application.test_client(), email="late@example.com").status_code == 302


def test_a_hangul_password_works_from_every_keyboard(client, site):
    import unicodedata

    join(client, password=unicodedata.normalize("NFC", "한글로 만든 긴 비밀번호"))
    phone = site.test_client()
    answer = log_in(
        phone, "haneul@example.com", unicodedata.normalize("NFD", "한글로 만든 긴 비밀번호")
    )
    assert answer.status_code == 302
