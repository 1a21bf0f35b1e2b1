"""One's own page: what one can see, change, end and take back."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from support.visitors import PASSWORD, join, log_in, person

from wizzle.core.models import Consent, Grant, Person, SignIn

NEW = "바람이 부는 언덕 위 느티나무"


@pytest.fixture
def me(client):
    join(client)
    return client


def device(me, agent):
    other = me.application.test_client()
    other.post(
        "/log-in",
        data={"email": "haneul@example.com", "password": PASSWORD},
        headers={"User-Agent": agent},
    )
    return other


def test_a_changed_profile_is_shown_and_the_language_changes_at_once(me, node):
    answer = me.post(
        "/me/profile", data={"name": "새하늘", "phone": "010-1234-5678", "language": "en"}
    )
    assert answer.status_code == 302
    page = me.get("/me")
    assert "Hello, 새하늘" in page.text
    assert 'lang="en"' in page.text
    assert person(node, "haneul@example.com").phone == "010-1234-5678"


@pytest.mark.parametrize(
    ("field", "value"),
    [("phone", "전화 없음"), ("language", "xx"), ("name", "  "), ("name", "가" * 61)],
)
def test_what_cannot_be_used_is_refused_beside_its_field(me, node, field, value):
    typed = {"name": "하늘", "phone": "", "language": "ko", field: value}
    answer = me.post("/me/profile", data=typed)
    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.text
    assert person(node, "haneul@example.com").name == "하늘"


def test_nothing_but_the_form_s_own_fields_can_be_changed(me, node):
    me.post(
        "/me/profile",
        data={
            "name": "하늘", "phone": "", "language": "ko", "id": "99", "email": "x@example.com",
            "email_checked_at": "2020-01-01", "roles": "steward", "is_steward": "yes",
        },
    )  # fmt: skip
    known = person(node, "haneul@example.com")
    assert known is not None
    assert known.email_checked_at is None
    assert me.get("/admin").status_code == 403


def test_a_new_password_needs_the_present_one_and_logs_the_others_out(me):
    other = device(me, "Mozilla/5.0 (iPhone) Safari/604.1")
    wrong = me.post("/me/password", data={"old_password": "아닌데요 아닌데요", "password": NEW})
    assert wrong.status_code == 422
    assert "지금 비밀번호가 아니에요" in wrong.text
    assert other.get("/me").status_code == 200
    done = me.post("/me/password", data={"old_password": PASSWORD, "password": NEW})
    assert done.status_code == 302
    assert me.get("/me").status_code == 200
    assert other.get("/me").status_code == 302
    assert log_in(other, "haneul@example.com", NEW).status_code == 302


def test_guessing_at_the_present_password_is_stopped(me):
    guess = {"old_password": "아닌데요 아닌데요", "password": NEW}
    answers = [me.post("/me/password", data=guess).status_code for _ in range(11)]
    assert answers[-1] == 429


def test_every_device_is_listed_and_can_be_logged_out(me):
    phone = device(me, "Mozilla/5.0 (Linux; Android 15) Chrome/130 Mobile Safari/537")
    page = me.get("/me/devices").text
    assert "Chrome · Android" in page
    assert "지금 이 기기" in page
    address = re.search(r'action="(/me/devices/\d+/log-out)"', page).group(1)
    assert me.post(address).status_code == 302
    assert phone.get("/me").status_code == 302
    assert me.get("/me").status_code == 200


def test_all_other_devices_are_logged_out_at_once(me):
    others = [device(me, "Firefox"), device(me, "Whale")]
    me.post("/me/devices/log-out-others")
    assert [each.get("/me").status_code for each in others] == [302, 302]
    assert me.get("/me").status_code == 200


def test_nobody_logs_out_the_device_of_another(me, node):
    attacker = me.application.test_client()
    join(attacker, email="other@example.com")
    with node.db.read() as session:
        ids = session.scalars(select(SignIn.id)).all()
    for each in ids:
        attacker.post(f"/me/devices/{each}/log-out")
    assert me.get("/me").status_code == 200


def test_a_device_that_calls_itself_markup_is_shown_as_text(me):
    device(me, "<script>alert(1)</script>")
    page = me.get("/me/devices").text
    assert "<script>alert" not in page


def test_news_are_given_up_as_easily_as_they_were_ordered(me, node):
    me.post("/me/consents/news", data={"agree": "yes"})
    assert "그만 받을게요" in me.get("/me/consents").text
    me.post("/me/consents/news")
    assert "소식을 받을게요" in me.get("/me/consents").text
    with node.db.read() as session:
        kept = session.scalars(select(Consent).where(Consent.subject == "news")).all()
        assert len(kept) == 1
        assert kept[0].withdrawn_at is not None  # it stays on record that there was one


def test_a_required_consent_is_not_taken_back_without_leaving(me, node):
    for subject in ("terms", "privacy", "age", "nonsense"):
        me.post(f"/me/consents/{subject}")
    with node.db.read() as session:
        assert session.scalars(select(Consent.withdrawn_at)).all() == [None] * 3


def test_who_leaves_is_erased_and_logged_out_everywhere(me, node):
    other = device(me, "Firefox")
    assert me.post("/me/leave", data={"password": "아닌데요 아닌데요"}).status_code == 422
    assert me.get("/me").status_code == 200
    answer = me.post("/me/leave", data={"password": PASSWORD})
    assert answer.status_code == 302
    assert "탈퇴했어요" in me.get("/").text
    assert me.get("/me").status_code == 302
    assert other.get("/me").status_code == 302
    assert person(node, "haneul@example.com") is None
    assert log_in(other, "haneul@example.com", PASSWORD).status_code == 403
    assert join(me).status_code == 302  # the address is free again


def test_who_leaves_gives_their_roles_back_and_the_last_steward_stays(as_, cast, node):
    ids = {name: cast.person(name).id for name in ("erin", "bob")}
    with node.db.write() as session:
        for each in ids.values():
            session.get(Person, each).password_hash = node.ports.passwords.hash(PASSWORD)
    assert as_("erin").post("/me/leave", data={"password": PASSWORD}).status_code == 302
    with node.db.read() as session:
        held = session.scalars(select(Grant.id).where(Grant.person_id == ids["erin"])).all()
    assert held == []
    refused = as_("bob").post("/me/leave", data={"password": PASSWORD})
    assert refused.status_code == 409
    assert "운영자가 적어도 한 사람" in refused.text


def test_a_page_of_one_person_is_kept_in_no_cache(me):
    assert me.get("/me").headers["Cache-Control"] == "private, no-store"
    assert me.get("/").headers["Cache-Control"] == "private, no-store"
