"""Logging in and out, as a neighbour does it and as an attacker tries it."""

from __future__ import annotations

import re

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update
from support.visitors import PASSWORD, join, log_in, queries

from wizzle.core.models import Attempt, Person, SignIn
from wizzle.core.passwords import Passwords

COOKIE = "wizzle_sign_in"
WRONG = "전자우편 주소나 비밀번호가 맞지 않아요"


@pytest.fixture
def joined(client):
    """A person who has joined, seen from another device where they are logged out."""
    join(client)
    return client.application.test_client()


def test_log_in_and_out(joined):
    assert log_in(joined, "Haneul@Example.com", PASSWORD).status_code == 302
    assert joined.get("/me").status_code == 200
    assert joined.post("/log-out").status_code == 302
    assert joined.get("/me").status_code == 302


def test_an_unknown_address_and_a_wrong_password_are_told_alike(joined):
    wrong = log_in(joined, "haneul@example.com", "틀린 비밀번호입니다요")
    unknown = log_in(joined, "nobody@example.com", "틀린 비밀번호입니다요")
    assert wrong.status_code == unknown.status_code == 403
    # The token of a form tells the second in which it was made.
    one, other = (re.sub(r'value="[\w.-]{60,}"', "", each.text) for each in (wrong, unknown))
    assert one.replace("haneul", "nobody") == other
    assert WRONG in wrong.text


def test_an_unknown_address_costs_one_comparison_like_a_known_one(joined, monkeypatch):
    compared = []
    whole = PasswordHasher.verify

    def counted(self, hash_, password):
        compared.append(hash_.split("$")[3])
        return whole(self, hash_, password)

    log_in(joined, "nobody@example.com", "틀린 비밀번호입니다요")  # the first one makes its hash
    monkeypatch.setattr(PasswordHasher, "verify", counted)
    log_in(joined, "nobody@example.com", "틀린 비밀번호입니다요")
    log_in(joined, "haneul@example.com", "틀린 비밀번호입니다요")
    assert len(compared) == 2
    assert compared[0] == compared[1]  # with the same parameters


def test_the_cookie_is_kept_from_scripts_and_only_its_hash_is_stored(joined, node):
    answer = log_in(joined, "haneul@example.com", PASSWORD)
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith(COOKIE))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie  # this node is served by http, on this machine
    token = joined.get_cookie(COOKIE).value
    with node.db.read() as session:
        stored = session.scalars(select(SignIn.token_hash)).all()
    assert token not in stored
    assert all(len(each) == 64 for each in stored)


def test_a_stolen_cookie_is_worth_nothing_after_log_out(joined, site):
    log_in(joined, "haneul@example.com", PASSWORD)
    stolen = joined.get_cookie(COOKIE).value
    thief = site.test_client()
    thief.set_cookie(COOKIE, stolen)
    assert thief.get("/me").status_code == 200
    joined.post("/log-out")
    assert thief.get("/me").status_code == 302


def test_a_token_put_on_a_device_beforehand_is_replaced_at_log_in(joined, site):
    log_in(joined, "haneul@example.com", PASSWORD)
    for planted in ("planted", ""):
        victim = site.test_client()
        victim.set_cookie(COOKIE, planted)
        log_in(victim, "haneul@example.com", PASSWORD)
        assert victim.get_cookie(COOKIE).value not in ("planted", "")


def test_the_token_of_forms_is_another_after_log_in(joined, guarded):
    import re

    browser = guarded.test_client()
    before = browser.get("/log-in").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', before).group(1)
    browser.post(
        "/log-in",
        data={"email": "haneul@example.com", "password": PASSWORD, "csrf_token": token},
    )
    assert browser.get("/me").status_code == 200
    assert browser.post("/me/devices/log-out-others", data={"csrf_token": token}).status_code == 400


@pytest.mark.parametrize(
    "forged",
    ["x", "0" * 64, "' OR 1=1 --", "한글", "a" * 4000, "../../etc/passwd", "null", "1"],
)
def test_a_forged_cookie_is_a_stranger_s(joined, site, forged):
    visitor = site.test_client()
    visitor.set_cookie(COOKIE, forged)
    assert visitor.get("/").status_code == 200
    assert visitor.get("/me").status_code == 302


def test_the_stored_hash_is_not_a_key(joined, site, node):
    log_in(joined, "haneul@example.com", PASSWORD)
    with node.db.read() as session:
        leaked = session.scalars(select(SignIn.token_hash)).all()
    for each in leaked:
        thief = site.test_client()
        thief.set_cookie(COOKIE, each)
        assert thief.get("/me").status_code == 302


def test_a_device_that_is_not_used_is_logged_out_after_30_days(joined, clock):
    log_in(joined, "haneul@example.com", PASSWORD)
    for _ in range(4):
        clock.advance(days=20)
        assert joined.get("/me").status_code == 200
    clock.advance(days=30, seconds=1)
    assert joined.get("/me").status_code == 302


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example",
        "/\t/evil.example", "/\n/evil.example", "javascript:alert(1)", "evil.example", " /me",
        "/\x7f/evil.example", "///evil.example",
    ],
)  # fmt: skip
def test_log_in_leads_to_no_other_site(joined, elsewhere):
    answer = log_in(joined, "haneul@example.com", PASSWORD, next=elsewhere)
    assert answer.status_code == 302
    assert answer.location == "/"


def test_log_in_goes_on_to_the_page_that_asked_for_it(joined):
    asked = joined.get("/me/devices?x=1")
    assert asked.location.startswith("/log-in?next=")
    assert "먼저 로그인해 주세요" in joined.get(asked.location).text
    answer = log_in(joined, "haneul@example.com", PASSWORD, next="/me/devices?x=1")
    assert answer.location == "/me/devices?x=1"


def test_guessing_at_an_account_is_stopped_and_a_right_password_waits_too(joined, clock):
    for _ in range(10):
        assert log_in(joined, "haneul@example.com", "틀린 비밀번호입니다요").status_code == 403
    stopped = log_in(joined, "haneul@example.com", PASSWORD)
    assert stopped.status_code == 429
    assert "15분" in stopped.text
    clock.advance(minutes=15, seconds=1)
    assert log_in(joined, "haneul@example.com", PASSWORD).status_code == 302


def test_who_logs_in_rightly_starts_to_count_anew(joined):
    for _ in range(3):
        for _ in range(9):
            log_in(joined, "haneul@example.com", "틀린 비밀번호입니다요")
        assert log_in(joined, "haneul@example.com", PASSWORD).status_code == 302
        joined.post("/log-out")


def test_guessing_at_many_accounts_from_one_place_is_stopped(joined):
    answers = [
        log_in(joined, f"n{i}@example.com", "틀린 비밀번호입니다요").status_code for i in range(61)
    ]
    assert answers[59] == 403
    assert answers[60] == 429


def test_a_claimed_address_does_not_help_a_guesser(joined):
    answers = [
        joined.post(
            "/log-in",
            data={"email": f"n{i}@example.com", "password": "틀린 비밀번호입니다요"},
            headers={"X-Forwarded-For": f"10.0.0.{i}"},
        ).status_code
        for i in range(61)
    ]
    assert answers[60] == 429


def test_the_counters_do_not_say_who_tried(joined, node):
    log_in(joined, "haneul@example.com", "틀린 비밀번호입니다요")
    with node.db.read() as session:
        keys = session.scalars(select(Attempt.key)).all()
    assert keys
    assert all(len(key) == 64 and "haneul" not in key for key in keys)


def test_a_blocked_person_is_out_at_once_and_stays_out(joined, node):
    log_in(joined, "haneul@example.com", PASSWORD)
    with node.db.write() as session:
        session.execute(update(Person).values(blocked_at=node.clock.now()))
    assert joined.get("/me").status_code == 302
    answer = log_in(joined, "haneul@example.com", PASSWORD)
    assert answer.status_code == 403
    assert "막힌 계정" in answer.text
    # only who knows the password learns that the account is blocked
    assert WRONG in log_in(joined, "haneul@example.com", "틀린 비밀번호입니다요").text


def test_a_hash_of_old_parameters_is_made_anew_at_log_in(joined, node):
    old = Passwords(memory_kib=16, rounds=2, lanes=1).hash(PASSWORD)
    with node.db.write() as session:
        session.execute(update(Person).values(password_hash=old))
    assert log_in(joined, "haneul@example.com", PASSWORD).status_code == 302
    with node.db.read() as session:
        fresh = session.scalars(select(Person.password_hash)).one()
    assert fresh != old
    assert not node.ports.passwords.outdated(fresh)


def test_strangers_cost_no_query_and_members_one(client, joined, node):
    log_in(joined, "haneul@example.com", PASSWORD)
    joined.get("/terms")
    with queries(node) as asked:
        client.application.test_client().get("/terms")
    assert len([q for q in asked if q.startswith("SELECT")]) == 0
    with queries(node) as asked:
        joined.get("/terms")
    assert len([q for q in asked if q.startswith("SELECT")]) == 1


def test_a_visit_is_written_down_at_most_every_ten_minutes(joined, node, clock):
    log_in(joined, "haneul@example.com", PASSWORD)
    with queries(node) as asked:
        for _ in range(5):
            clock.advance(minutes=1)
            joined.get("/terms")
    assert not [q for q in asked if q.startswith("UPDATE")]
    clock.advance(minutes=6)
    with queries(node) as asked:
        joined.get("/terms")
        joined.get("/terms")
    assert len([q for q in asked if q.startswith("UPDATE")]) == 1


def test_who_is_logged_in_need_not_log_in_again(joined):
    log_in(joined, "haneul@example.com", PASSWORD)
    assert joined.get("/log-in?next=/spaces").location == "/spaces"
    assert joined.get("/join").location == "/"
    assert joined.get("/log-in?next=//evil.example").location == "/"
