"""Circles: made by agreement of both sides, bounded, seen by their people alone; pages; blocks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from wizzle.core import follows, search
from wizzle.core.errors import Forbidden, Invalid, NotFound, Refused
from wizzle.core.models import Person
from wizzle.core.testing import MONDAY
from wizzle.plugins.feed.circles import actions, queries
from wizzle.plugins.feed.circles.models import Circle, Membership
from wizzle.plugins.feed.circles.rules import MOST_MEMBERS, handle_form, is_new


@given(st.text(max_size=40))
def test_a_handle_is_small_latin_or_nothing(text):
    kept = handle_form(text)
    assert kept == "" or (kept.isascii() and 3 <= len(kept) <= 30 and kept == kept.lower())


@pytest.mark.parametrize(
    ("vouched", "days", "new"),
    [(True, 0, False), (False, 400, True), (None, 2, True), (None, 3, False), (None, 4, False)],
)
def test_who_is_new_here(vouched, days, new):
    assert is_new(vouched, MONDAY - timedelta(days=days), MONDAY) is new


def test_nobody_is_in_a_circle_before_they_agree(node, as_, neighbours, write):
    with node.db.write() as session:
        made = actions.make(node, session, neighbours["alice"], name="텃밭")
        actions.invite(node, session, made.id, neighbours["alice"], "gina")
    post = write("alice", "우리끼리", "circle", circle_id=made.id)
    while search.keep_up(node):
        pass
    assert as_("gina").get(f"/posts/{post}").status_code == 404
    page = as_("gina").get(f"/circles/{made.id}")
    assert page.status_code == 200
    assert "우리끼리" not in page.text
    assert "앨리스" not in as_("gina").get(f"/circles/{made.id}/people").text
    as_("gina").post(f"/circles/{made.id}/accept")
    assert "우리끼리" in as_("gina").get(f"/circles/{made.id}").text
    while search.keep_up(node):
        pass
    assert f'href="/posts/{post}"' in as_("gina").get("/search?q=우리끼리").text


def test_a_circle_is_nobody_else_s_business(as_, site, circle):
    for path in ("", "/people", "/edit"):
        assert as_("charlie").get(f"/circles/{circle}{path}").status_code == 404
    for step in ("accept", "leave", "remove", "dissolve"):
        answer = as_("charlie").post(f"/circles/{circle}/{step}", data={"person": "1"})
        assert answer.status_code in (302, 404)
    assert as_("gina").post(f"/circles/{circle}/dissolve").status_code == 403
    assert as_("gina").get(f"/circles/{circle}").status_code == 200
    assert site.test_client().get(f"/circles/{circle}").status_code == 302


def test_an_invitation_does_not_tell_who_has_an_account(as_, circle, node):
    alice = as_("alice")
    answers = [
        alice.post(f"/circles/{circle}/people", data={"who": who}, follow_redirects=True).text
        for who in ("charlie@example.com", "nobody@example.com")
    ]
    assert all("초대를 보냈어요" in answer for answer in answers)
    assert "찰리" not in "".join(answers)
    assert alice.post(f"/circles/{circle}/people", data={"who": "@nobody_here"}).status_code == 404


def test_with_its_leader_gone_the_longest_member_leads_on(node, circle, neighbours):
    with node.db.write() as session:
        actions.leave(session, circle, neighbours["alice"])
        assert session.get_one(Circle, circle).owner_id == neighbours["gina"]
        actions.leave(session, circle, neighbours["gina"])
        assert session.get(Circle, circle) is None


def test_a_circle_takes_a_hundred_and_never_more_however_many_are_invited_at_once(
    node, circle, neighbours
):
    with node.db.write() as session:
        now = node.clock.now()
        for number in range(MOST_MEMBERS + 2):
            session.add(Person(
                email=f"n{number}@example.com", name=f"n{number}", password_hash="-",
                email_checked_at=now, created_at=now,
            ))  # fmt: skip
        session.flush()
        ids = list(session.scalars(select(Person.id).where(Person.email.like("n%@example.com"))))
        session.add_all(
            Membership(circle_id=circle, person_id=each, invited_at=now)
            for each in ids[: MOST_MEMBERS - 3]
        )

    def invite(number: int) -> bool:
        try:
            with node.db.write() as session:
                actions.invite(node, session, circle, neighbours["alice"], f"n{number}@example.com")
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(invite, range(MOST_MEMBERS - 3, MOST_MEMBERS + 2)))
    assert sum(done) == 1
    with node.db.read() as session:
        counted = select(func.count()).where(Membership.circle_id == circle)
        assert session.scalar(counted) == MOST_MEMBERS


def test_a_block_ends_following_and_invitations_and_nobody_is_told(node, as_, neighbours):
    alice, gina = neighbours["alice"], neighbours["gina"]
    with node.db.write() as session:
        for one, other in ((alice, gina), (gina, alice)):
            follows.follow(session, one, f"person:{other}", at=node.clock.now())
        made = actions.make(node, session, alice, name="텃밭")
        actions.invite(node, session, made.id, alice, "gina")
        actions.set_tie(node, session, gina, alice, "block")
        assert follows.subjects_of(session, alice) == follows.subjects_of(session, gina) == []
        with pytest.raises(NotFound):
            queries.circle_page(session, made.id, gina)
        with pytest.raises(NotFound):
            actions.invite(node, session, made.id, alice, "gina")
    assert "차단" not in as_("alice").get("/me/notices").text
    page = as_("gina").get("/me/apart").text
    assert "alice" in page
    as_("gina").post("/me/apart", data={"person": str(alice), "kind": ""})
    assert as_("gina").get("/people/alice").status_code == 200


def test_nonsense_is_refused_and_no_error(as_, neighbours):
    alice = as_("alice")
    for who in ("", "0", "x", "99999", "9" * 40, "٣"):
        answer = alice.post("/me/apart", data={"person": who, "kind": "block"})
        assert answer.status_code == 302


def test_only_who_leads_changes_a_circle(node, circle, neighbours):
    with node.db.write() as session:
        for act in (
            lambda: actions.change(session, circle, neighbours["gina"], name="x", words=""),
            lambda: actions.remove(session, circle, neighbours["gina"], neighbours["alice"]),
            lambda: actions.invite(node, session, circle, neighbours["gina"], "charlie"),
        ):
            with pytest.raises(Forbidden):
                act()


def test_a_page_needs_a_handle_that_can_be_had(node, neighbours):
    for handle in ("", "ab", "한글아이디", "a b c", "me", "x" * 31, "alice"):
        with node.db.write() as session, pytest.raises(Invalid):
            actions.open_page(
                node, session, neighbours["charlie"], handle=handle, name="찰리", words=""
            )


def test_a_page_is_opened_only_by_agreeing(as_, site):
    form = {"handle": "charlie", "name": "찰리", "words": "안녕"}
    assert as_("charlie").post("/me/page", data=form).status_code == 422
    assert site.test_client().get("/people/charlie").status_code == 404
    assert as_("charlie").post("/me/page", data={**form, "agree": "yes"}).status_code == 302
    assert site.test_client().get("/people/charlie").status_code == 200
    assert "내 공개 페이지" in as_("charlie").get("/me/consents").text


def test_a_page_can_be_followed_and_a_person_without_one_cannot(as_, node, neighbours):
    for name, status in (("alice", 302), ("bob", 404)):
        answer = as_("gina").post("/follow", data={"subject": f"person:{neighbours[name]}"})
        assert answer.status_code == status
    assert as_("gina").post("/follow", data={"subject": "tag:감자"}).status_code == 302
    assert "#감자" in as_("gina").get("/me/follows").text


def test_nobody_learns_names_by_trying_numbers_out(as_, neighbours):
    as_("alice").post("/me/apart", data={"person": str(neighbours["charlie"]), "kind": "mute"})
    page = as_("alice").get("/me/apart").text
    assert "찰리" not in page
    assert f'value="{neighbours["charlie"]}"' in page
