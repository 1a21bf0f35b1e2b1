"""Events as people see them: made on a page, found in calendars, moved and called off."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import icalendar
from sqlalchemy import select
from support.visitors import queries

from wizzle.core.answers import Happening
from wizzle.core.facts import ThingPublished, ThingWithdrawn
from wizzle.core.models import Job
from wizzle.core.values import Message
from wizzle.plugins.locality.events import actions
from wizzle.plugins.locality.events import queries as queries_of_events
from wizzle.plugins.locality.events.models import Event, Occurrence, SignUp
from wizzle.plugins.locality.events.rules import Every, Span

TYPED = {
    "title": "골목 낭독회", "text": "**돌아가며** 읽어요.", "place": "골목책방", "signs_up": "yes",
    "capacity": "12", "most_people": "2", "starts_at": "2026-12-01T19:30",
    "ends_at": "2026-12-01T21:00", "every": "fortnight", "last": "2027-01-31", "publish": "yes",
}  # fmt: skip


def mails(node, to=None):
    with node.db.read() as session:
        jobs = session.scalars(select(Job).where(Job.kind == "mail").order_by(Job.id))
        return [job.payload for job in jobs if to in (None, job.payload.get("to"))]


def come(node, date, person, people=1):
    with node.db.write() as session:
        return actions.sign_up(node, session, date, person.id, people=people).state


def test_an_event_that_comes_again_is_found_wherever_one_looks(node, as_, client):
    where = as_("dana").post("/spaces/hub/events/new", data=TYPED).headers["Location"]
    page = client.get(where).text
    assert "<strong>돌아가며</strong>" in page
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert data["@type"] == "EventSeries"
    first = data["subEvent"][0]
    assert (first["startDate"], first["location"]["name"]) == (
        "2026-12-01T10:30:00+00:00", "골목책방",
    )  # fmt: skip
    for path in ("/", "/spaces/hub", "/spaces/hub/events", "/calendar?month=2026-12",
                 "/feeds/events.atom", "/calendar?month=2027-01"):  # fmt: skip
        assert "골목 낭독회" in client.get(path).text, path
    for path in (f"{where}.ics", "/spaces/hub/events.ics", "/calendar.ics"):
        calendar = icalendar.Calendar.from_ical(client.get(path).data)
        days = [each["dtstart"].dt.strftime("%m-%d %H:%M") for each in calendar.walk("VEVENT")]
        assert days == ["12-01 19:30", "12-15 19:30", "12-29 19:30", "01-12 19:30", "01-26 19:30"]


def test_what_was_typed_stays_when_something_is_wrong(node, as_):
    dana = as_("dana")
    wrong = {**TYPED, "ends_at": "2026-12-01T18:00", "place": "", "capacity": "1"}
    answer = dana.post("/spaces/hub/events/new", data=wrong)
    assert answer.status_code == 422
    assert "골목 낭독회" in answer.text
    assert "어디에서 열리는지" in answer.text
    with node.db.read() as session:
        assert session.scalars(select(Event)).all() == []


def test_whoever_does_not_run_the_page_changes_nothing(node, as_):
    where = as_("dana").post("/spaces/hub/events/new", data=TYPED).headers["Location"]
    with node.db.read() as session:
        date = session.scalars(select(Occurrence.id)).first()
    posts = [f"{where}/{step}" for step in ("publish", "withdraw", "discard")]
    posts += ["/spaces/hub/events/new", "/events/new", f"/dates/{date}/move",
              f"/dates/{date}/call-off", f"/dates/{date}/people/1/came"]  # fmt: skip
    for name in ("alice", "erin", "frank"):
        other = as_(name)
        for path in posts:
            assert other.post(path, data=TYPED).status_code == 403, path
        for path in (f"{where}/edit", f"/dates/{date}/people", f"{where}/dates/new"):
            assert other.get(path).status_code == 403, path


def test_a_draft_is_seen_and_entered_by_nobody_else(node, as_, client, make):
    date = make(public=False)
    event = f"/events/{_event_of(node, date)}"
    for path in (event, f"{event}.ics", f"/dates/{date}"):
        assert client.get(path).status_code == 404, path
        assert as_("erin").get(path).status_code == 200, path
    as_("alice").post(f"/dates/{date}", data={"agree": "yes"})
    with node.db.read() as session:
        assert session.scalars(select(SignUp)).all() == []


def _event_of(node, date):
    with node.db.read() as session:
        return session.get_one(Occurrence, date).event_id


def test_a_member_comes_and_goes_on_the_page(node, cast, as_, make):
    date = make(capacity=1, questions=("무엇을 가져오나요?",))
    alice, gina = as_("alice"), as_("gina")
    assert alice.post(f"/dates/{date}", data={}).status_code == 422  # nobody agreed to anything
    alice.post(f"/dates/{date}", data={"agree": "yes", "answer_0": "호미"})
    assert "자리가 있어요" in alice.get(f"/dates/{date}").text
    gina.post(f"/dates/{date}", data={"agree": "yes"})
    assert "대기 순서 1번째" in gina.get(f"/dates/{date}").text
    assert "감자 캐기" in alice.get("/me").text
    listed = as_("erin").get(f"/dates/{date}/people").text
    assert "앨리스" in listed
    assert "호미" in listed
    alice.post(f"/dates/{date}/leave")
    assert "자리가 있어요" in gina.get(f"/dates/{date}").text


def test_it_is_too_late_to_cancel_by_oneself(node, as_, make, clock):
    date = make(cancel_hours=24)
    alice = as_("alice")
    alice.post(f"/dates/{date}", data={"agree": "yes"})
    clock.advance(days=4, minutes=1)
    alice.post(f"/dates/{date}/leave")
    assert "자리가 있어요" in alice.get(f"/dates/{date}").text


def test_one_date_is_moved_and_another_called_off_and_all_are_told(node, cast, as_, client, make):
    date = make(every=Every.WEEK, weeks=3)
    alice, gina, charlie = map(cast.person, ("alice", "gina", "charlie"))
    come(node, date, alice)
    come(node, date, gina)
    come(node, date, charlie)  # waits
    erin = as_("erin")
    page = erin.get(f"/dates/{date}/move").text
    assert "2026-11-28T09:00" in page
    moved = {"starts_at": "2026-11-29T15:00", "ends_at": "2026-11-29T17:00", "place": "마을회관"}
    assert erin.post(f"/dates/{date}/move", data={**moved, "revision": 9}).status_code == 409
    assert erin.post(f"/dates/{date}/move", data={**moved, "revision": 0}).status_code == 302
    for person in (alice, gina, charlie):
        last = mails(node, person.email)[-1]
        assert "일정이 바뀌었어요" in last["subject"]
        assert "11월 29일(일) 오후 3:00" in last["text"]
        assert "마을회관" in last["text"]
    erin.post(f"/dates/{date}/call-off", data={"reason": "비가 와요"})
    for person in (alice, gina, charlie):
        assert "취소됐어요" in mails(node, person.email)[-1]["subject"]
        assert "비가 와요" in mails(node, person.email)[-1]["text"]
    with node.db.read() as session:
        others = session.scalars(select(Occurrence).where(Occurrence.id != date)).all()
        assert [each.called_off_at for each in others] == [None] * 3
    found = icalendar.Calendar.from_ical(client.get("/calendar.ics").data).walk("VEVENT")
    assert [each.get("status") for each in found if each["uid"].startswith(f"date-{date}@")] == [
        "CANCELLED"
    ]
    assert client.get("/spaces/farm/events").text.count("감자 캐기") == 3
    assert client.get("/").text.count("감자 캐기") == 1  # each event once


def test_who_comes_is_told_when_the_whole_event_takes_place_elsewhere(node, cast, as_, make):
    date = make()
    come(node, date, cast.person("alice"))
    typed = {"title": "감자 캐기", "signs_up": "yes", "capacity": "2"}
    edit, erin = f"/events/{_event_of(node, date)}/edit", as_("erin")
    before = len(mails(node))
    erin.post(edit, data={**typed, "text": "비가 와도 캐요.", "place": "햇살농장", "version": 1})
    assert len(mails(node)) == before  # it is where it was
    erin.post(edit, data={**typed, "place": "윗밭", "version": 2})
    told = mails(node, cast.person("alice").email)[-1]
    assert "일정이 바뀌었어요" in told["subject"]
    assert "윗밭" in told["text"]
    assert "자리가 있어요" in as_("alice").get(f"/events/{_event_of(node, date)}").text


def test_reminders_come_the_evening_before_to_those_who_have_a_place(node, cast, make, clock):
    date = make(capacity=1)
    alice, gina = map(cast.person, ("alice", "gina"))
    come(node, date, alice)
    come(node, date, gina)
    with node.db.read() as session:
        job = session.scalars(select(Job).where(Job.kind == actions.REMINDER)).one()
    assert job.due_at.isoformat() == "2026-11-27T09:00:00+00:00"  # six in the evening
    clock.set(job.due_at)
    for _ in range(2):  # at least once, and told once
        actions.remind(node, job.payload)
    assert [each["subject"] for each in mails(node)].count("내일이에요: 감자 캐기") == 1
    assert mails(node, gina.email) == []


def test_a_reminder_of_a_date_that_was_moved_is_not_sent(node, cast, make, clock):
    date = make()
    come(node, date, cast.person("alice"))
    with node.db.read() as session:
        job = session.scalars(select(Job).where(Job.kind == actions.REMINDER)).one()
        begins = session.get_one(Occurrence, date).starts_at + timedelta(days=3)
    with node.db.write() as session:
        erin = cast.person("erin").id
        span = Span(begins, begins + timedelta(hours=1))
        actions.move(node, session, date, span, "", revision=0, actor_id=erin)
    before = len(mails(node))
    clock.set(job.due_at)
    actions.remind(node, job.payload)
    assert len(mails(node)) == before


def test_those_who_hold_it_tick_who_came_on_the_day(node, cast, as_, make, clock):
    date = make()
    come(node, date, cast.person("alice"))
    erin = as_("erin")
    with node.db.read() as session:
        own = session.scalars(select(SignUp.id)).one()
    tick = f"/dates/{date}/people/{own}/came"
    erin.post(tick, data={"came": "yes"})
    assert not _came(node, own)  # it has not begun
    clock.advance(days=5)
    erin.post(tick, data={"came": "yes"})
    assert _came(node, own)
    assert "1명 왔어요" in erin.get(f"/dates/{date}/people").text
    erin.post(tick, data={"came": "no"})
    assert not _came(node, own)
    clock.advance(days=8)
    assert "앨리스" not in erin.get(f"/dates/{date}/people").text


def _came(node, own):
    with node.db.read() as session:
        return session.get_one(SignUp, own).came


def test_one_s_own_calendar_holds_where_one_has_a_place_and_nobody_else_s(node, cast, make, clock):
    date = make(capacity=1)
    alice, gina = map(cast.person, ("alice", "gina"))
    come(node, date, alice)
    come(node, date, gina)  # waits
    since, until = clock.now(), clock.now() + timedelta(days=30)
    with node.db.read() as session:
        (line,) = queries_of_events.joined(session, alice.id, since, until)
        assert (line.title, line.place, line.path) == ("감자 캐기", "햇살농장", f"/dates/{date}")
        assert queries_of_events.joined(session, gina.id, since, until) == []
        assert queries_of_events.joined(session, alice.id, until, until) == []


def test_who_leaves_the_node_frees_their_places(node, cast, as_, make):
    date = make(capacity=1)
    alice, gina = map(cast.person, ("alice", "gina"))
    come(node, date, alice)
    come(node, date, gina)
    with node.db.write() as session:
        actions.forget_person(node, session, alice.id)
    with node.db.read() as session:
        assert session.scalars(select(SignUp.person_id)).all() == [gina.id]
        assert session.get_one(Occurrence, date).taken == 1


def test_what_is_kept_of_people_is_destroyed_in_time(node, cast, make, clock):
    date = make(questions=("알레르기?",))
    with node.db.write() as session:
        actions.sign_up(node, session, date, cast.person("alice").id, people=1, answers=["땅콩"])
    guests, comers = actions.KEEPINGS
    clock.advance(days=11)
    with node.db.write() as session:
        assert guests.purge(session, guests.before(clock.now()), 100) == 0
    clock.advance(days=2)
    with node.db.write() as session:
        assert guests.purge(session, guests.before(clock.now()), 100) == 1
        assert guests.purge(session, guests.before(clock.now()), 100) == 0
        assert session.scalars(select(SignUp)).one().answers == []
        assert comers.purge(session, comers.before(clock.now()), 100) == 0
    clock.advance(days=366)
    with node.db.write() as session:
        assert comers.purge(session, comers.before(clock.now()), 100) == 1


def test_others_hear_of_what_is_public_and_of_what_is_gone(node, cast, make, monkeypatch):
    heard = []
    caller = node.hooks

    class Ears:
        def __getattr__(self, name):
            return getattr(caller, name)

        def thing_published(self, *, node, session, fact):
            heard.append(fact)

        thing_withdrawn = thing_published

    monkeypatch.setattr(type(node), "hooks", property(lambda _: Ears()))
    date = make()
    farm, erin = cast.space("farm").id, cast.person("erin").id
    event = _event_of(node, date)
    published = heard[-1]
    assert isinstance(published, ThingPublished)
    assert (published.subject, published.author) == (f"event:{event}", f"space:{farm}")
    assert (published.place, published.path) == ("햇살농장", f"/events/{event}")
    with node.db.write() as session:
        actions.call_off(node, session, date, "", actor_id=erin)
    assert isinstance(heard[-1], ThingWithdrawn)  # no date is left of it


def test_lists_and_pages_cost_the_same_however_many_there_are(node, as_, client, make):
    make(every=Every.WEEK, weeks=2)
    first = {path: _cost(node, client, path) for path in PAGES}
    make(every=Every.WEEK, weeks=20)
    make(every=Every.WEEK, weeks=20)
    assert {path: _cost(node, client, path) for path in PAGES} == first


def _cost(node, client, path):
    with queries(node) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


PAGES = ("/calendar", "/spaces/farm/events", "/calendar.ics", "/events/1")


def test_a_closed_space_invites_to_nothing_and_others_hear_of_it(node, as_, client, make, clock):
    date = make()
    event = f"/events/{_event_of(node, date)}"
    as_("bob").post("/spaces/farm/close")
    assert client.get(event).status_code == 404
    assert "감자 캐기" not in client.get("/calendar").text
    assert as_("alice").post(f"/dates/{date}", data={"agree": "yes"}).status_code == 404
    things = actions.EVENTS
    with node.db.read() as session:
        jobs = session.scalars(select(Job).where(Job.kind == things.job)).all()
    assert len(jobs) == 1
    things.tell_space(node, jobs[0].payload)
    with node.db.read() as session:
        assert not session.scalars(select(Event.told)).one()
    clock.advance(minutes=1)
    as_("bob").post("/spaces/farm/close", data={"open": "yes"})
    things.tell_space(node, jobs[0].payload)
    with node.db.read() as session:
        assert session.scalars(select(Event.told)).one()
    assert client.get(event).status_code == 200


def test_what_people_answered_stays_with_what_they_were_asked(node, as_, make):
    date = make(questions=("호미가 있나요?",))
    as_("alice").post(f"/dates/{date}", data={"agree": "yes", "answer_0": "네"})
    typed = {"title": "감자 캐기", "place": "밭", "signs_up": "yes", "capacity": "2", "version": 1}
    edit = f"/events/{_event_of(node, date)}/edit"
    answer = as_("erin").post(edit, data={**typed, "questions": "다른 질문"})
    assert answer.status_code == 422
    same = {**typed, "questions": "호미가 있나요?\n"}
    assert as_("erin").post(edit, data=same).status_code == 302


def test_the_calendar_holds_what_other_plugins_say_and_bears_one_that_fails(
    node, client, make, monkeypatch
):
    make()
    real = node.host.collect

    def collect(hook, **given):
        if hook != "happenings":
            return real(hook, **given)
        more = Happening(
            Message("%(num)s hands", {"num": 3}), Message("Shift", {}), "/hubs/hub/shifts",
            given["since"] + timedelta(days=3), None, "<b>마당</b>",
        )  # fmt: skip
        return [*real(hook, **given), more]

    monkeypatch.setattr(node.host, "collect", collect)
    page = client.get("/calendar").text
    assert "감자 캐기" in page
    assert "3 hands" in page
    assert "&lt;b&gt;마당" in page
    only = client.get("/calendar?kind=Shift").text
    assert "감자 캐기" not in only
    for nonsense in ("month=2026-99", "month=x", "month=9999-12", "kind=<script>", "month=0001-01"):
        assert client.get(f"/calendar?{nonsense}").status_code == 200
