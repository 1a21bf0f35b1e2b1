"""What people agree to: each by itself, in versions, with a history, asked anew when it changes."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select, update
from support.cast import Cast
from support.visitors import join, person, queries

from wizzle.core import members
from wizzle.core.models import Consent, Person
from wizzle.core.testing import make_node
from wizzle.core.web import consents
from wizzle.core.web.app import create_app


@pytest.fixture
def me(client):
    join(client)
    return client


@pytest.fixture
def newer(monkeypatch):
    """Let the privacy policy have a new version."""
    monkeypatch.setitem(consents.VERSIONS, "privacy", "2027-03-01")


def test_groups_stand_apart_and_what_is_kept_without_asking_is_listed(client):
    page = client.get("/join").text
    legends = re.findall(r"<legend[^>]*>([^<]+)</legend>", page)
    assert legends == ["동의", "소식과 홍보 (선택)"]
    assert not re.search(r'type="checkbox"[^>]* checked', page)
    apart = page.split('<details class="howto">')[1].split("</details>")[0]
    assert "통신비밀보호법 시행령 제41조" in apart
    assert "소식" not in apart  # that is asked for
    assert "만 14세가 안 되었나요" in page


def test_who_refuses_news_is_let_in_as_anyone(client, node):
    assert join(client, news=None).status_code == 302
    assert client.get("/me").status_code == 200


def test_a_new_version_is_asked_for_at_the_next_page_which_then_is_shown(me, newer, node):
    answer = me.get("/me/profile?a=1")
    assert answer.status_code == 302
    assert answer.location == "/me/renew?next=/me/profile?a%3D1"
    page = me.get(answer.location).text
    assert "바뀐 것이 있어요" in page
    assert 'name="privacy"' in page
    assert 'name="terms"' not in page  # that is as it was
    assert not re.search(r'type="checkbox"[^>]* checked', page)
    unticked = me.post("/me/renew", data={"next": "/me/profile?a=1"})
    assert unticked.status_code == 422
    assert "/me/profile?a=1" in unticked.text
    agreed = me.post("/me/renew", data={"next": "/me/profile?a=1", "privacy": "yes"})
    assert agreed.location == "/me/profile?a=1"
    assert me.get("/me/profile").status_code == 200
    with node.db.read() as session:
        kept = session.execute(
            select(Consent.version, Consent.withdrawn_at).where(Consent.subject == "privacy")
        ).all()
    assert [tuple(row) for row in kept] == [("2026-11-30", None), ("2027-03-01", None)]


def test_what_somebody_was_sending_is_not_lost(me, newer, node):
    sent = me.post("/me/profile", data={"name": "새하늘", "phone": "", "language": "ko"})
    assert sent.status_code == 302
    assert sent.location == "/me"
    assert person(node, "haneul@example.com").name == "새하늘"
    assert me.get("/me").location.startswith("/me/renew")


def test_who_does_not_agree_can_still_read_take_their_data_and_leave(me, newer):
    for page in ("/terms", "/privacy", "/help", "/me/data", "/me/leave", "/me/consents"):
        assert me.get(page).status_code == 200, page
    assert me.get("/").status_code == 302


def test_programs_of_a_page_are_not_sent_elsewhere(me, newer):
    assert me.get("/", headers={"Sec-Fetch-Mode": "cors"}).status_code == 200
    assert me.get("/", headers={"Accept": "application/json"}).status_code == 200


def test_nobody_is_led_off_the_site_by_a_forged_way_on(me, newer):
    for bad in ("https://evil.example", "//evil.example", "/\\evil.example"):
        answer = me.post("/me/renew", data={"next": bad, "privacy": "yes"})
        assert "evil" not in (answer.location or "")


def test_somebody_who_never_agreed_to_anything_is_not_held_up(as_, cast, node):
    bob = as_("bob")
    assert bob.get("/me").status_code == 200
    with node.db.write() as session:  # nor when they agree to something of a plugin's
        members.give_consent(session, cast.person("bob").id, "helping", "1", at=node.clock.now())
    assert bob.get("/me").status_code == 200


def test_it_costs_no_query_once_it_is_known(me, node):
    me.get("/terms?x=1")
    me.get("/me")
    with queries(node) as asked:
        me.get("/me/data")
    assert [each for each in asked if "core_consent" in each] == []


def test_a_consent_from_before_these_columns_is_looked_up(me, node):
    with node.db.write() as session:
        session.execute(update(Person).values(agreed="-"))
    assert me.get("/me").status_code == 200
    assert person(node, "haneul@example.com").agreed == (
        "age=1 privacy=2026-11-30 terms=2026-11-23"
    )


def test_the_history_shows_each_step_and_keeps_it(me, node, clock):
    me.post("/me/consents/news", data={"agree": "yes"})
    clock.advance(days=3)
    me.post("/me/consents/news")
    page = me.get("/me/consents").text
    steps = re.findall(r'timeline-title">([^<]+)<', page)
    assert steps[0] == "소식 편지: 거둠"
    assert steps[1] == "소식 편지: 동의함"
    assert len(steps) == 5
    with node.db.read() as session:
        assert {row.language for row in session.scalars(select(Consent))} == {"ko"}


def test_the_texts_of_plugins_are_shown_where_they_were_given(tmp_path):
    sqlite_node = make_node(tmp_path)
    cast = Cast(sqlite_node)
    alice = cast.signed_in(create_app(sqlite_node), "alice")
    assert "일손 보태기" not in alice.get("/me/consents").text
    with sqlite_node.db.write() as session:
        members.give_consent(
            session, cast.person("alice").id, "helping", "1", at=sqlite_node.clock.now()
        )
    page = alice.get("/me/consents").text
    assert "일손 보태기" in page
    assert "맡은 일손 자리를 비우면" in page
    sqlite_node.close()
