"""Taking part: one signature each, guests by their mail, things never promised twice."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Barrier, Thread

from sqlalchemy import func, select
from support.campaigns import Board

from wizzle.core.facts import PersonLeft
from wizzle.core.models import Person
from wizzle.core.node import Node
from wizzle.core.testing import FixedClock
from wizzle.plugins.board.campaigns import actions, queries
from wizzle.plugins.board.campaigns.models import Pledge, Signature
from wizzle.plugins.board.campaigns.rules import ask_state

GUEST = {"name": "지나가던 손님", "email": "Guest@Example.com", "agree": "yes"}


def count(node: Node, campaign_id: int) -> int:
    with node.db.read() as session:
        return queries.campaign_page(session, campaign_id).signed


def test_a_member_signs_once_and_may_take_it_back(board: Board, node: Node):
    campaign_id = board.opened("petition")
    alice = board.browser("alice")
    for _ in range(2):
        alice.post(f"/campaigns/{campaign_id}/sign", data={"shown": "yes"})
    assert count(node, campaign_id) == 1
    assert "앨리스" in board.browser("gina").get(f"/campaigns/{campaign_id}").text
    alice.post(f"/campaigns/{campaign_id}/sign", data={})
    assert "앨리스" not in board.browser("gina").get(f"/campaigns/{campaign_id}").text
    alice.post(f"/campaigns/{campaign_id}/sign/take-back")
    assert count(node, campaign_id) == 0


def test_an_unproven_member_does_not_sign(board: Board, node: Node):
    campaign_id = board.opened("petition")
    alice = board.browser("alice")
    with node.db.write() as session:
        session.get_one(Person, board.cast.person("alice").id).email_checked_at = None
    assert alice.post(f"/campaigns/{campaign_id}/sign", data={}).status_code == 409


def test_a_guest_counts_once_the_link_is_pressed_and_no_sooner(board: Board, node: Node):
    campaign_id = board.opened("petition")
    guest = board.site.test_client()
    assert guest.post(f"/campaigns/{campaign_id}/sign", data=GUEST).status_code == 200
    assert count(node, campaign_id) == 0
    link = board.link("guest@example.com")
    assert guest.get(link).status_code == 200
    assert count(node, campaign_id) == 0
    guest.post(link), guest.post(link)
    assert count(node, campaign_id) == 1
    guest.post(f"/campaigns/{campaign_id}/sign", data=GUEST)  # again: a link to the same one
    guest.post(board.link("guest@example.com"))
    assert count(node, campaign_id) == 1
    assert guest.get(link).status_code == 404, "an older link leads nowhere"
    guest.post(f"{board.link('guest@example.com')}/take-back")
    assert count(node, campaign_id) == 0


def test_a_link_is_too_old_after_three_days(board: Board, node: Node, clock: FixedClock):
    campaign_id = board.opened("petition")
    guest = board.site.test_client()
    guest.post(f"/campaigns/{campaign_id}/sign", data=GUEST)
    clock.advance(days=3, seconds=1)
    assert guest.post(board.link("guest@example.com")).status_code in (302, 404)
    assert count(node, campaign_id) == 0
    with node.db.write() as session:
        assert actions.KEEPINGS[1].purge(session, clock.now() - timedelta(days=3), 10) == 1


def test_somebody_who_signed_as_a_guest_does_not_count_twice_as_a_member(board: Board, node: Node):
    campaign_id = board.opened("petition")
    guest = board.site.test_client()
    guest.post(f"/campaigns/{campaign_id}/sign", data={**GUEST, "email": "alice@example.com"})
    guest.post(board.link("alice@example.com"))
    board.browser("alice").post(f"/campaigns/{campaign_id}/sign", data={})
    assert count(node, campaign_id) == 1
    sent = len(board.letters("alice@example.com"))
    guest.post(f"/campaigns/{campaign_id}/sign", data={**GUEST, "email": "alice@example.com"})
    assert len(board.letters("alice@example.com")) == sent
    assert count(node, campaign_id) == 1


def test_a_guest_must_agree_and_letters_are_limited(board: Board):
    campaign_id = board.opened("petition")
    guest = board.site.test_client()
    path = f"/campaigns/{campaign_id}/sign"
    without = {name: value for name, value in GUEST.items() if name != "agree"}
    assert guest.post(path, data=without).status_code == 422
    answers = [guest.post(path, data=GUEST).status_code for _ in range(12)]
    assert 429 in answers
    assert board.letters("guest@example.com")
    assert guest.get("/signatures/made-up").status_code == 404


def test_only_names_that_were_agreed_to_are_handed_over_and_then_forgotten(
    board: Board, node: Node, clock: FixedClock
):
    campaign_id = board.opened("petition")
    board.browser("alice").post(f"/campaigns/{campaign_id}/sign", data={"handed_on": "yes"})
    board.browser("gina").post(f"/campaigns/{campaign_id}/sign", data={"shown": "yes"})
    guest = board.site.test_client()
    guest.post(f"/campaigns/{campaign_id}/sign", data={**GUEST, "handed_on": "yes"})
    guest.post(board.link("guest@example.com"))
    hana = board.browser("hana")
    text = hana.get(f"/campaigns/{campaign_id}/signatures.csv").text
    assert "앨리스" in text
    assert GUEST["name"] in text
    assert "지나\r" not in text
    assert "guest@example.com" not in text
    hana.post(f"/campaigns/{campaign_id}/handed-over")  # still open: refused
    hana.post(f"/campaigns/{campaign_id}/close")
    hana.post(f"/campaigns/{campaign_id}/handed-over")
    clock.advance(days=31)
    before = clock.now() - timedelta(days=30)
    with node.db.write() as session:
        assert actions.KEEPINGS[2].purge(session, before, 10) == 1
        assert actions.KEEPINGS[2].purge(session, before, 10) == 0
        kept = session.execute(
            select(Signature.name, Signature.email).where(Signature.person_id.is_(None))
        ).all()
    assert [tuple(row) for row in kept] == [("", "")]
    assert count(node, campaign_id) == 3


def test_who_leaves_takes_the_signature_along_unless_it_is_handed_over(board: Board, node: Node):
    open_one, handed = board.opened("petition"), board.opened("petition")
    for each in (open_one, handed):
        board.browser("alice").post(f"/campaigns/{each}/sign", data={"shown": "yes"})
    board.close(handed)
    with node.db.write() as session:
        actions.hand_over(node, session, handed, actor_id=board.hana)
        fact = PersonLeft(board.cast.person("alice").id, "앨리스", "alice@example.com", "ko")
        node.hooks.person_left(node=node, session=session, fact=fact)
        left = session.scalars(select(Signature.name)).all()
    assert left == [""]
    assert (count(node, open_one), count(node, handed)) == (0, 1)


def test_a_question_without_an_answer_is_shown_as_such_from_the_day_after():
    due = date(2026, 11, 25)
    assert ask_state(False, False, due, due) == "sent"
    assert ask_state(False, True, due, due) == "read"
    assert ask_state(False, True, due, due + timedelta(days=1)) == "silent"
    assert ask_state(True, True, due, due + timedelta(days=9)) == "answered"


def test_an_official_is_asked_and_silence_stands_on_the_page(
    board: Board, node: Node, clock: FixedClock
):
    campaign_id = board.opened("ask")
    hana = board.browser("hana")
    asked = {"addressee": "강북구청장", "sent_on": "2026-11-20", "answer_by": "2026-11-24"}
    hana.post(f"/campaigns/{campaign_id}/asks/new", data=asked)
    stranger = board.site.test_client()
    assert "답을 기다리고 있어요" in stranger.get(f"/campaigns/{campaign_id}").text
    clock.advance(days=2)
    assert "까지 답이 없었어요" in stranger.get(f"/campaigns/{campaign_id}").text
    answer = {"answered_on": "2026-11-25", "stance": "partly", "answer": "검토하겠습니다."}
    path = f"/campaigns/{campaign_id}/asks/1/answer"
    assert board.browser("alice").post(path, data=answer).status_code == 403
    assert hana.post(path, data={**answer, "answered_on": "2026-11-01"}).status_code == 422
    assert hana.post(path, data=answer).status_code == 302
    shown = stranger.get(f"/campaigns/{campaign_id}").text
    assert "검토하겠습니다." in shown
    assert "일부 찬성" in shown


def test_two_who_bring_the_last_one_do_not_both(board: Board, node: Node):
    campaign_id = board.opened("things")
    with node.db.write() as session:
        need = actions.add_need(
            node, session, campaign_id, name="이불", wanted=3, actor_id=board.hana
        ).id
    people = [board.cast.person(name).id for name in ("alice", "gina", "charlie", "erin", "frank")]
    start = Barrier(len(people))

    def bring(person_id: int) -> None:
        start.wait()
        try:
            with node.db.write() as session:
                actions.pledge(node, session, campaign_id, need, 1, person_id=person_id)
        except Exception:
            pass

    threads = [Thread(target=bring, args=(each,)) for each in people]
    [each.start() for each in threads]
    [each.join() for each in threads]
    with node.db.read() as session:
        assert session.scalar(select(func.sum(Pledge.quantity))) == 3


def test_what_was_brought_is_ticked_by_those_who_collect_alone(board: Board, node: Node):
    campaign_id = board.opened("things")
    hana, alice = board.browser("hana"), board.browser("alice")
    hana.post(f"/campaigns/{campaign_id}/needs/new", data={"name": "이불", "wanted": "2"})
    assert (
        alice.post(f"/campaigns/{campaign_id}/needs/1", data={"quantity": "3"}).status_code == 409
    )
    alice.post(f"/campaigns/{campaign_id}/needs/1", data={"quantity": "2"})
    assert alice.post(f"/campaigns/{campaign_id}/pledges/1/came").status_code == 403
    hana.post(f"/campaigns/{campaign_id}/pledges/1/came")
    assert "2개가 들어왔어요" in alice.get(f"/campaigns/{campaign_id}").text
    alice.post(f"/campaigns/{campaign_id}/needs/1/take-back")  # too late: it is there
    with node.db.read() as session:
        assert session.scalar(select(func.sum(Pledge.quantity))) == 2
