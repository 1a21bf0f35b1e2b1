"""Shifts: who may help, hand on and call off, and that there are never more helpers than places."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select
from support.rounds import Round
from support.visitors import queries

from wizzle.core.errors import Invalid, Refused
from wizzle.core.models import Consent, Job
from wizzle.plugins.assembly.shifts import actions
from wizzle.plugins.assembly.shifts.models import Helper, Shift
from wizzle.plugins.assembly.shifts.queries import minutes_helped
from wizzle.plugins.assembly.shifts.rules import Plan


def helpers(node, shift_id):
    with node.db.read() as session:
        rows = session.scalars(select(Helper.person_id).where(Helper.shift_id == shift_id))
        return sorted(rows)


def done(node, step, shift_id, person, **more):
    with node.db.write() as session:
        step(node, session, shift_id, person.id, **more)


def mails(node, to=None):
    with node.db.read() as session:
        jobs = session.scalars(select(Job).where(Job.kind == "mail").order_by(Job.id))
        return [job.payload for job in jobs if job.payload and to in (None, job.payload["to"])]


def test_places_are_given_till_there_are_none(node, cast, make):
    shift = make(places=2)
    alice, gina, charlie = map(cast.person, ("alice", "gina", "charlie"))
    for person in (alice, gina, alice):  # twice is once
        done(node, actions.take, shift, person)
    assert helpers(node, shift) == sorted([alice.id, gina.id])
    with pytest.raises(Refused, match="All places"):
        done(node, actions.take, shift, charlie)
    done(node, actions.leave, shift, gina)
    done(node, actions.take, shift, charlie)
    assert helpers(node, shift) == sorted([alice.id, charlie.id])


def test_a_swap_moves_one_place_and_tells_who_had_it(node, cast, make):
    shift = make(places=1)
    alice, gina, charlie = map(cast.person, ("alice", "gina", "charlie"))
    done(node, actions.take, shift, alice)
    with pytest.raises(Refused):
        done(node, actions.swap, shift, gina)  # alice looks for nobody
    done(node, actions.offer, shift, alice, offered=True)
    with pytest.raises(Refused):
        done(node, actions.swap, shift, alice)
    done(node, actions.swap, shift, gina)
    assert helpers(node, shift) == [gina.id]
    assert "대신할 분" in mails(node, alice.email)[-1]["subject"]
    with pytest.raises(Refused):
        done(node, actions.swap, shift, charlie)


def test_who_keeps_the_place_after_all_keeps_it(node, cast, make):
    shift = make(places=1)
    alice, gina = map(cast.person, ("alice", "gina"))
    done(node, actions.take, shift, alice)
    done(node, actions.offer, shift, alice, offered=True)
    done(node, actions.offer, shift, alice, offered=False)
    with pytest.raises(Refused):
        done(node, actions.swap, shift, gina)
    assert helpers(node, shift) == [alice.id]


@pytest.mark.parametrize("step", [actions.take, actions.swap])
def test_a_rush_never_fills_more_places_than_there_are(node, cast, make, step):
    shift = make(places=2)
    alice, gina = cast.person("alice"), cast.person("gina")
    if step is actions.swap:
        for person in (alice, gina):
            done(node, actions.take, shift, person)
        done(node, actions.offer, shift, alice, offered=True)
    people = [cast.person(name) for name in ("bob", "charlie", "dana", "erin", "frank")]
    refused = []

    def rush(person):
        try:
            done(node, step, shift, person)
        except Refused:
            refused.append(person.id)

    threads = [threading.Thread(target=rush, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(helpers(node, shift)) == 2
    assert len(refused) == (3 if step is actions.take else 4)
    assert (gina.id in helpers(node, shift)) == (step is actions.swap)


def test_nothing_moves_once_it_has_begun_or_is_called_off(node, cast, make, clock):
    begun, off = make(), make()
    alice, dana = cast.person("alice"), cast.person("dana")
    for shift in (begun, off):
        done(node, actions.take, shift, alice)
    with node.db.write() as session:
        actions.call_off(node, session, off, actor_id=dana.id)
    with pytest.raises(Refused, match="called off"):
        done(node, actions.leave, off, alice)
    clock.advance(days=3)
    for step in (actions.take, actions.swap, actions.leave):
        with pytest.raises(Refused, match="begun"):
            done(node, step, begun, alice)


def test_calling_off_tells_everyone_once(node, cast, make):
    shift = make()
    alice, dana = cast.person("alice"), cast.person("dana")
    done(node, actions.take, shift, alice)
    for _ in range(2):
        with node.db.write() as session:
            actions.call_off(node, session, shift, actor_id=dana.id)
    assert [mail["subject"] for mail in mails(node)] == ["취소됐어요: 봉투 담기"]


def test_helpers_are_reminded_the_evening_before_once(node, cast, make, clock):
    shift = make()
    alice, gina = cast.person("alice"), cast.person("gina")
    done(node, actions.take, shift, alice)
    done(node, actions.take, shift, gina)
    done(node, actions.offer, shift, gina, offered=True)
    with node.db.read() as session:
        job = session.scalars(select(Job).where(Job.kind == "assembly.shift_reminder")).one()
        starts = session.get_one(Shift, shift).starts_at
    assert timedelta(hours=6) < starts - job.due_at < timedelta(days=1, hours=6)
    for _ in range(2):
        actions.WORK[job.kind](node, job.payload)
    assert "내일 함께하는 날" in mails(node, alice.email)[-1]["subject"]
    assert "아직 바꿔 줄 사람이 없어요" in mails(node, gina.email)[-1]["text"]
    assert len(mails(node)) == 2


def test_a_moved_shift_reminds_of_the_new_time_alone(node, cast, make):
    shift = make()
    alice, dana = cast.person("alice"), cast.person("dana")
    done(node, actions.take, shift, alice)
    with node.db.read() as session:
        row = session.get_one(Shift, shift)
        later = Plan(row.title, row.starts_at + timedelta(days=1), row.ends_at + timedelta(days=1),
                     2, "", row.cycle_id)  # fmt: skip
    with node.db.write() as session:
        actions.change(node, session, shift, later, version=1, actor_id=dana.id)
    assert "시간이 바뀌었어요" in mails(node, alice.email)[-1]["subject"]
    with node.db.read() as session:
        query = select(Job).where(Job.kind == "assembly.shift_reminder").order_by(Job.id)
        first, second = session.scalars(query).all()
    actions.WORK[first.kind](node, first.payload)
    assert len(mails(node)) == 1
    actions.WORK[second.kind](node, second.payload)
    assert len(mails(node)) == 2


def test_a_change_never_takes_a_place_away_and_an_old_window_changes_nothing(node, cast, make):
    shift = make(places=2)
    dana = cast.person("dana")
    for name in ("alice", "gina"):
        done(node, actions.take, shift, cast.person(name))
    with node.db.read() as session:
        row = session.get_one(Shift, shift)
        fewer = Plan(row.title, row.starts_at, row.ends_at, 1)
    with pytest.raises(Invalid), node.db.write() as session:
        actions.change(node, session, shift, fewer, version=1, actor_id=dana.id)
    with pytest.raises(Refused), node.db.write() as session:
        actions.change(node, session, shift, fewer, version=7, actor_id=dana.id)


def test_the_shifts_of_the_last_round_are_copied_to_the_day_of_the_next(node, cast, make, clock):
    first = make()
    cast_dana, hub = cast.person("dana").id, cast.space("hub").id
    other = Round(node, cast, clock)
    now = clock.now()
    other.draft(
        collect_from=now + timedelta(days=10), collect_until=now + timedelta(days=10, hours=4)
    )
    with node.db.write() as session:
        assert actions.copy_last(node, session, hub, other.id, actor_id=cast_dana) == 1
    with pytest.raises(Refused, match="already"), node.db.write() as session:
        actions.copy_last(node, session, hub, other.id, actor_id=cast_dana)
    with node.db.read() as session:
        old = session.get_one(Shift, first)
        new = session.scalars(select(Shift).where(Shift.cycle_id == other.id)).one()
        assert new.starts_at - old.starts_at == timedelta(days=7)
        assert (new.title, new.places) == (old.title, old.places)


def test_what_was_agreed_to_is_kept_and_ends_with_the_last_place(node, cast, make):
    one, two = make(), make()
    alice = cast.person("alice")

    def standing():
        with node.db.read() as session:
            query = select(Consent).where(Consent.withdrawn_at.is_(None))
            return len(session.scalars(query.where(Consent.person_id == alice.id)).all())

    done(node, actions.take, one, alice)
    done(node, actions.take, two, alice)
    assert standing() == 1
    done(node, actions.leave, one, alice)
    assert standing() == 1
    done(node, actions.leave, two, alice)
    assert standing() == 0


def test_hours_are_counted_for_each_who_helps(node, cast, make, this_round):
    shift = make()
    for name in ("alice", "gina"):
        done(node, actions.take, shift, cast.person(name))
    with node.db.read() as session:
        assert minutes_helped(session, [this_round.id]) == {this_round.id: 240}


def test_who_leaves_for_good_frees_the_places_ahead(node, cast, make):
    shift = make()
    alice = cast.person("alice")
    done(node, actions.take, shift, alice)
    with node.db.write() as session:
        actions.forget_helper(node, session, alice.id)
    assert helpers(node, shift) == []


def test_a_neighbour_signs_up_on_the_page_with_consent(as_, make, node, cast):
    shift = make()
    alice = as_("alice")
    assert "제가 갈게요" in alice.get("/hubs/hub/shifts").text
    refused = alice.post(f"/shifts/{shift}", data={})
    assert refused.status_code == 422
    assert helpers(node, shift) == []
    answer = alice.post(f"/shifts/{shift}", data={"agree": "yes"})
    assert answer.headers["Location"] == f"/hubs/hub/shifts#s{shift}"
    assert "봉투 담기" in alice.get("/me").text
    alice.post(f"/shifts/{shift}/offer", data={"offered": "yes"})
    alice.post(f"/shifts/{shift}/leave")
    assert helpers(node, shift) == []


def test_names_and_numbers_are_seen_by_hosts_alone(as_, make, node, cast, client):
    shift = make()
    done(node, actions.take, shift, cast.person("alice"))
    page = as_("dana").get("/hubs/hub/shifts").text
    assert "앨리스" in page
    assert "010-0000-1234" in page
    for other in (as_("gina"), as_("erin"), client):
        page = other.get("/hubs/hub/shifts")
        assert page.status_code == 200
        assert "앨리스" not in page.text
        assert "010-0000-1234" not in page.text


def test_hosts_alone_make_change_and_call_off(as_, make, node, this_round, cast):
    shift = make()
    form = {
        "title": "나눔", "starts_at": "2031-01-01T10:00", "ends_at": "2031-01-01T12:00",
        "places": "3", "version": "1",
    }  # fmt: skip
    for who in ("alice", "erin", "frank"):
        other = as_(who)
        assert other.post("/hubs/hub/shifts/new", data=form).status_code == 403
        assert other.post(f"/shifts/{shift}/edit", data=form).status_code == 403
        assert other.post(f"/shifts/{shift}/call-off").status_code == 403
        assert other.post("/hubs/hub/shifts/copy", data={"round": "1"}).status_code == 403
    dana = as_("dana")
    assert dana.get("/hubs/hub/shifts/new").status_code == 200
    assert dana.post("/hubs/hub/shifts/new", data=form).status_code == 302
    wrong = dana.post("/hubs/hub/shifts/new", data={**form, "ends_at": "2031-01-01T09:00"})
    assert wrong.status_code == 422
    assert "나눔" in wrong.text
    assert dana.post(f"/shifts/{shift}/edit", data=form).status_code == 302
    assert dana.post(f"/shifts/{shift}/call-off").status_code == 302
    assert dana.post("/hubs/hub/shifts/copy", data={"round": "x"}).status_code == 302


def test_a_host_of_another_hub_is_a_stranger_here(as_, make, this_round, node):
    shift = make()
    this_round.other_hub("charlie")
    charlie = as_("charlie")
    assert charlie.get(f"/shifts/{shift}/edit").status_code == 403
    assert charlie.post(f"/shifts/{shift}/call-off").status_code == 403
    assert charlie.get("/hubs/hub/shifts/new").status_code == 403


def test_hub_and_round_say_that_helpers_are_looked_for(client, make, this_round):
    shown = make()
    this_round.goods("감자")
    this_round.offer().to("open")
    for page in ("/spaces/hub", f"/rounds/{this_round.id}"):
        text = client.get(page).text
        assert "일손 구해요" in text
        assert f"#s{shown}" in text


def test_the_page_asks_the_same_for_one_shift_and_for_many(as_, make, node):
    make()
    dana = as_("dana")
    with queries(node) as few:
        dana.get("/hubs/hub/shifts")
    for _ in range(8):
        make()
    with queries(node) as many:
        dana.get("/hubs/hub/shifts")
    assert len(many) == len(few) <= 8
