"""Calls and shifts: never more people than places, who waits comes next, everyone is told."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select
from support.telling import bring, words
from support.visitors import queries as asked

from wizzle.core import follows
from wizzle.core.errors import NotFound, Refused
from wizzle.core.facts import PersonLeft
from wizzle.core.models import Consent
from wizzle.core.moderation.actions.subjects import show
from wizzle.core.outbox import FAILING, jobs
from wizzle.plugins.board.volunteering import actions, queries
from wizzle.plugins.board.volunteering.models import Slot, Volunteer
from wizzle.plugins.board.volunteering.rules import Plan


def standing(node, slot):
    """Return who has a place and who waits, by name."""
    with node.db.read() as session:
        rows = queries.people_of(session, slot)
    return [row.name for row in rows if not row.waits], [row.name for row in rows if row.waits]


def test_places_are_given_until_there_are_none_then_people_wait(node, shifts):
    slot = shifts.plan(places=2)
    for name in ("alice", "gina", "alice"):  # twice is once
        assert shifts.join(slot, name)
    with pytest.raises(Refused, match="waiting list"):
        shifts.join(slot, "charlie")
    assert not shifts.join(slot, "charlie", wait=True)
    assert standing(node, slot) == (["앨리스", "지나"], ["찰리"])


def test_who_waited_longest_gets_the_place_that_is_given_back_and_is_told(node, shifts, clock):
    slot = shifts.plan(places=1)
    shifts.join(slot, "alice")
    for name in ("gina", "charlie"):
        clock.advance(minutes=1)
        shifts.join(slot, name, wait=True)
    shifts.leave(slot, "alice")
    assert standing(node, slot) == (["지나"], ["찰리"])
    assert any("자리가 났어요" in each for each in words(node, "gina"))
    assert not any("자리가 났어요" in each for each in words(node, "charlie"))
    shifts.leave(slot, "charlie")  # who waits may stop waiting
    assert standing(node, slot) == (["지나"], [])


def test_a_rush_never_fills_more_places_than_there_are(node, cast, shifts):
    slot = shifts.plan(places=2)
    names = ("alice", "gina", "charlie", "bob", "frank")
    for name in names:
        cast.person(name)
    refused = []

    def rush(name):
        try:
            shifts.join(slot, name)
        except Refused:
            refused.append(name)

    threads = [threading.Thread(target=rush, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(standing(node, slot)[0]) == 2
    assert len(refused) == 3


def test_who_leaves_and_who_waits_at_once_leave_no_place_empty(node, cast, shifts):
    slot = shifts.plan(places=2)
    for name in ("alice", "gina"):
        shifts.join(slot, name)
    waiting = ("charlie", "bob", "frank")
    for name in waiting:
        shifts.join(slot, name, wait=True)
    threads = [threading.Thread(target=shifts.leave, args=(slot, n)) for n in ("alice", "gina")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seated, waits = standing(node, slot)
    assert len(seated) == 2
    assert len(waits) == 1


def change(node, cast, slot, **more):
    with node.db.write() as session:
        row = session.get_one(Slot, slot)
        said = {"starts_at": row.starts_at, "ends_at": row.ends_at, "places": row.places}
        actions.change_slot(
            node, session, slot, Plan(**{**said, **more}), version=row.version,
            actor_id=cast.person("dana").id,
        )  # fmt: skip


def test_more_places_go_to_those_who_wait_and_another_time_is_told(node, cast, shifts):
    slot = shifts.plan(places=1)
    shifts.join(slot, "alice")
    shifts.join(slot, "gina", wait=True)
    with node.db.read() as session:
        begins = session.get_one(Slot, slot).starts_at + timedelta(days=1)
    change(node, cast, slot, starts_at=begins, ends_at=begins + timedelta(hours=2), places=2)
    assert standing(node, slot) == (["앨리스", "지나"], [])
    assert any("시간이 바뀌었어요" in each for each in words(node, "alice"))
    with pytest.raises(Exception, match="look at the marked"):
        change(node, cast, slot, places=1)


def test_nobody_helps_twice_at_the_same_time(node, shifts):
    first, second = shifts.plan(), shifts.plan(whose="table", after=1)
    shifts.join(first, "alice")
    with pytest.raises(Refused, match="another shift"):
        shifts.join(second, "alice")
    shifts.leave(first, "alice")
    assert shifts.join(second, "alice")


def test_nothing_moves_once_it_has_begun_is_called_off_or_hidden(node, cast, shifts, clock):
    begun, off, hidden = shifts.plan(), shifts.plan(after=3), shifts.plan(after=6)
    for slot in (begun, off):
        shifts.join(slot, "alice")
    with node.db.write() as session:
        actions.call_off(node, session, off, actor_id=cast.person("dana").id)
        call = session.get_one(Slot, hidden).call_id
    with node.db.write() as session:
        show(node, session, f"volunteer_call:{call}", hidden=True)
    assert any("취소됐어요" in each for each in words(node, "alice"))
    with pytest.raises(Refused, match="called off"):
        shifts.join(off, "gina")
    with pytest.raises(NotFound):
        shifts.join(hidden, "gina")
    clock.advance(days=3)
    for step in (shifts.join, shifts.leave):
        with pytest.raises(Refused, match="begun"):
            step(begun, "alice")


def test_who_has_a_place_is_reminded_the_evening_before_and_nobody_else(node, shifts, clock):
    slot = shifts.plan(places=1)
    shifts.join(slot, "alice")
    shifts.join(slot, "gina", wait=True)
    bring(node)
    assert not any("내일" in each for each in words(node, "alice"))
    clock.advance(days=2, hours=10)
    bring(node)
    [reminder] = [each for each in words(node, "alice") if "내일" in each]
    assert "장갑" in reminder
    assert not any("내일" in each for each in words(node, "gina"))


def test_followers_hear_of_a_call_once(node, cast, garden, shifts):
    with node.db.write() as session:
        alice = cast.person("alice").id
        follows.follow(session, alice, f"space:{garden}", at=node.clock.now())
    shifts.plan()
    bring(node)
    assert len([each for each in words(node, "alice") if "봉사자를 찾아요" in each]) == 1


def test_a_call_without_a_shift_ahead_is_not_published(node, cast, garden, as_, client):
    dana = as_("dana")
    typed = {"title": "텃밭 일", "text": "잎을 덮어요.", "idempotency_key": "k"}
    at = dana.post("/board/organisations/garden/volunteering/new", data=typed).headers["Location"]
    call = at.split("/")[3]
    dana.post(f"/board/calls/{call}/publish")
    assert client.get(f"/board/calls/{call}").status_code == 404
    slot = {
        "starts_at": "2026-11-28T10:00", "ends_at": "2026-11-28T12:00", "places": "2",
        "note": "비밀 열쇠는 화분 밑", "idempotency_key": "s",
    }  # fmt: skip
    for _ in range(2):
        assert dana.post(f"/board/calls/{call}/slots/new", data=slot).status_code == 302
    assert as_("frank").post(f"/board/calls/{call}/slots/new", data=slot).status_code == 403
    dana.post(f"/board/calls/{call}/publish")
    page = client.get(f"/board/calls/{call}").text
    assert "2자리 중 2자리" in page
    assert page.count('id="s') == 1
    assert "화분" not in page
    assert "화분" not in as_("alice").get(f"/board/calls/{call}").text


def test_one_signs_up_by_agreeing_who_sees_it_and_then_reads_the_note(node, shifts, as_, cast):
    slot = shifts.plan(note="호미를 챙겨요")
    alice = as_("alice")
    assert alice.post(f"/board/slots/{slot}", data={}).status_code == 422
    assert standing(node, slot) == ([], [])
    assert alice.post(f"/board/slots/{slot}", data={"agree": "yes"}).status_code == 302
    with node.db.read() as session:
        call = session.get_one(Slot, slot).call_id
    assert "호미를" in alice.get(f"/board/calls/{call}").text
    assert "호미를" not in as_("gina").get(f"/board/calls/{call}").text
    assert "텃밭 일" in alice.get("/me").text
    assert alice.get(f"/board/slots/{slot}/people").status_code == 403
    assert as_("frank").get(f"/board/slots/{slot}/people").status_code == 403
    assert "앨리스" in as_("dana").get(f"/board/slots/{slot}/people").text
    assert alice.post(f"/board/slots/{slot}/leave").status_code == 302
    with node.db.read() as session:
        consent = session.scalars(select(Consent).where(Consent.subject == "volunteering")).one()
    assert consent.withdrawn_at is not None


def test_who_leaves_for_good_frees_the_place_for_who_waits(node, cast, shifts):
    slot = shifts.plan(places=1)
    shifts.join(slot, "alice")
    shifts.join(slot, "gina", wait=True)
    alice = cast.person("alice")
    with node.db.write() as session:
        fact = PersonLeft(alice.id, alice.name, alice.email, "ko")
        node.hooks.person_left(node=node, session=session, fact=fact)
    assert standing(node, slot) == (["지나"], [])


def test_the_calendar_holds_shifts_that_everyone_may_join(node, cast, shifts, clock):
    slot = shifts.plan()
    now = clock.now()

    def held(first, last):
        with node.db.read() as session:
            return node.host.collect(
                "happenings", node=node, session=session, since=now + timedelta(days=first),
                until=now + timedelta(days=last),
            )  # fmt: skip

    [line] = held(2, 4)
    assert line.path.endswith(f"#s{slot}")
    assert held(0, 2) == held(4, 8) == []
    with node.db.write() as session:
        actions.call_off(node, session, slot, actor_id=cast.person("dana").id)
    assert held(2, 4) == []


def test_the_page_says_that_it_is_unpaid_and_lists_cost_the_same(node, shifts, client):
    shifts.plan()
    assert "대가를 받지 않고" in client.get("/board/volunteering").text
    with asked(node) as few:
        client.get("/board/volunteering")
    for hours in range(1, 6):
        shifts.plan(after=hours)
    with asked(node) as many:
        client.get("/board/volunteering")
    assert len(many) == len(few)


def test_places_are_forgotten_a_year_after_the_shift(node, shifts, clock):
    slot = shifts.plan()
    shifts.join(slot, "alice")
    clock.advance(days=360)
    keeping = next(each for each in actions.KEEPINGS if each.name == "volunteering")

    def purge():
        with node.db.write() as session:
            gone = keeping.purge(session, keeping.before(node.clock.now()), 100)
            return gone, session.scalar(select(Volunteer.id))

    assert purge()[0] == 0
    clock.advance(days=20)
    assert purge() == (1, None)


def test_who_has_a_place_in_a_call_that_was_taken_back_still_reads_it_and_may_not_come(
    node, cast, shifts, as_, client
):
    slot = shifts.plan(note="호미를 챙겨요")
    shifts.join(slot, "alice")
    with node.db.write() as session:
        call = session.get_one(Slot, slot).call_id
        actions.withdraw(node, session, call, actor_id=cast.person("dana").id)
    page = f"/board/calls/{call}"
    assert "호미를" in as_("alice").get(page).text
    assert "호미를" in as_("alice").get("/board/hours").text
    assert client.get(page).status_code == 404 == as_("gina").get(page).status_code
    with pytest.raises(NotFound):
        shifts.join(slot, "gina")
    assert as_("alice").post(f"/board/slots/{slot}/leave").status_code == 302
    assert standing(node, slot) == ([], [])
    assert as_("alice").get(page).status_code == 404


def test_a_draft_is_thrown_away_with_its_shifts_and_nobody_is_reminded(
    node, cast, garden, clock, as_
):
    dana = as_("dana")
    typed = {"title": "텃밭 일", "text": "잎을 덮어요.", "idempotency_key": "k"}
    at = dana.post("/board/organisations/garden/volunteering/new", data=typed).headers["Location"]
    call = at.split("/")[3]
    slot = {
        "starts_at": "2026-11-28T10:00", "ends_at": "2026-11-28T12:00", "places": "2",
        "idempotency_key": "s",
    }  # fmt: skip
    dana.post(f"/board/calls/{call}/slots/new", data=slot)
    assert as_("frank").post(f"/board/calls/{call}/discard").status_code == 403
    assert dana.post(f"/board/calls/{call}/discard").status_code == 302
    assert dana.get(f"/board/calls/{call}").status_code == 404
    clock.advance(days=5)
    bring(node)
    with node.db.read() as session:
        assert jobs(session, FAILING) == []
