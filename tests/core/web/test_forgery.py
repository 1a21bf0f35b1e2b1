"""Forms sent from elsewhere: refused with what to do, and nothing is done."""

from __future__ import annotations

import re

import pytest
from support.visitors import PASSWORD, person


def token_on(page):
    return re.search(r'name="csrf_token" value="([^"]+)"', page.text).group(1)


@pytest.fixture
def member(guarded, cast):
    return cast.signed_in(guarded, "alice")


@pytest.mark.parametrize(
    "address",
    [
        "/me/profile", "/me/password", "/me/leave", "/me/devices/log-out-others",
        "/me/consents/news", "/me/check-email", "/log-out", "/log-in", "/join", "/forgotten",
    ],
)  # fmt: skip
def test_a_form_without_its_token_is_refused(member, address):
    answer = member.post(address, data={"name": "남", "agree": "yes"})
    assert answer.status_code == 400
    assert "화면을 새로 연 다음" in answer.text
    assert member.get("/me").status_code == 200  # still logged in


def test_a_token_of_another_browser_does_not_fit(member, guarded, cast, node):
    attacker = cast.signed_in(guarded, "charlie")
    stolen = token_on(attacker.get("/me/profile"))
    typed = {"name": "남의 이름", "phone": "", "language": "ko", "csrf_token": stolen}
    assert member.post("/me/profile", data=typed).status_code == 400
    assert person(node, "alice@example.com").name == "앨리스"


@pytest.mark.parametrize("token", ["", "x", "한글", "a.b.c", "0" * 5000])
def test_a_made_up_token_does_not_fit(member, token):
    member.get("/me/profile")
    answer = member.post("/me/profile", data={"name": "남", "language": "ko", "csrf_token": token})
    assert answer.status_code == 400


def test_the_right_token_lets_a_form_through(member, node):
    token = token_on(member.get("/me/profile"))
    typed = {"name": "앨리스 둘", "phone": "", "language": "ko", "csrf_token": token}
    assert member.post("/me/profile", data=typed).status_code == 302
    assert person(node, "alice@example.com").name == "앨리스 둘"


def test_every_posting_form_of_the_pages_holds_a_token_but_the_choice_of_language(member, guarded):
    visitor = guarded.test_client()
    pages = [
        (member, p) for p in ("/me", "/me/profile", "/me/devices", "/me/consents", "/me/leave")
    ]
    pages += [(visitor, p) for p in ("/log-in", "/join", "/forgotten", "/")]
    for browser, address in pages:
        forms = re.findall(r'<form[^>]*method="post".*?</form>', browser.get(address).text, re.S)
        assert forms, address
        for form in forms:
            assert ('name="csrf_token"' in form) != ('action="/language"' in form), form


def test_log_in_works_with_the_form_as_it_is_shown(guarded, node):
    visitor = guarded.test_client()
    joining = {
        "name": "하늘", "email": "haneul@example.com", "password": PASSWORD,
        "terms": "yes", "privacy": "yes", "age": "yes",
        "csrf_token": token_on(visitor.get("/join")),
    }  # fmt: skip
    assert visitor.post("/join", data=joining).status_code == 302
    assert visitor.get("/me").status_code == 200
    out = {"csrf_token": token_on(visitor.get("/"))}
    assert visitor.post("/log-out", data=out).status_code == 302
    assert "로그아웃했어요" in visitor.get("/").text
