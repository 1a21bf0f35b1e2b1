"""Places: never more than there are, in the order in which people asked, whatever happens."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from wizzle.core.errors import Invalid, Refused
from wizzle.core.models import Job
from wizzle.plugins.locality.events import actions
from wizzle.plugins.locality.events.models import Event, Occurrence, SignUp

NAMES = ("alice", "gina", "charlie", "bob", "dana", "frank")


def come(node, date, person, people=1):
    with node.db.write() as session:
        return actions.sign_up(node, session, date, person.id, people=people).state


def leave(node, date, person):
    with node.db.write() as session:
        actions.leave(node, session, date, person.id)


def standing(node, date):
    """Return who has a place and who waits, each in order, and how many are counted."""
    with node.db.read() as session:
        rows = session.execute(
            select(SignUp.person_id, SignUp.state, SignUp.people)
            .where(SignUp.occurrence_id == date)
            .order_by(SignUp.turn_at, SignUp.id)
        ).all()
        taken = session.get_one(Occurrence, date).taken
    inside = [row for row in rows if row.state == "in"]
    assert taken == sum(row.people for row in inside)
    waiting = [row.person_id for row in rows if row.state == "waiting"]
    return [row.person_id for row in inside], waiting, taken


def mails(node, to):
    with node.db.read() as session:
        jobs = session.scalars(select(Job).where(Job.kind == "mail").order_by(Job.id))
        return [job.payload for job in jobs if job.payload.get("to") == to]


def test_who_comes_late_waits_and_is_told_when_it_is_their_turn(node, cast, make):
    date = make(capacity=2)
    alice, gina, charlie, bob = map(cast.person, NAMES[:4])
    assert [come(node, date, each) for each in (alice, gina, charlie, bob)] == [
        "in", "in", "waiting", "waiting",
    ]  # fmt: skip
    leave(node, date, alice)
    assert standing(node, date)[:2] == ([gina.id, charlie.id], [bob.id])
    assert "자리가 났어요: 감자 캐기" in mails(node, charlie.email)[-1]["subject"]
    assert mails(node, bob.email) == []
    leave(node, date, charlie)
    assert standing(node, date)[:2] == ([gina.id, bob.id], [])


def test_nobody_is_overtaken_though_they_would_fit(node, cast, make):
    date = make(capacity=3, most_people=3)
    alice, gina, charlie = map(cast.person, NAMES[:3])
    assert come(node, date, alice, 2) == "in"
    assert come(node, date, gina, 3) == "waiting"
    assert come(node, date, charlie, 1) == "waiting"
    assert come(node, date, gina, 1) == "in"  # with fewer people: it is her turn
    assert standing(node, date)[:2] == ([alice.id, gina.id], [charlie.id])


def test_with_more_people_one_needs_more_places(node, cast, make):
    date = make(capacity=3, most_people=3)
    alice, gina = map(cast.person, NAMES[:2])
    come(node, date, alice, 1)
    come(node, date, gina, 1)
    with pytest.raises(Refused, match="not so many"):
        come(node, date, alice, 3)
    assert come(node, date, alice, 2) == "in"
    with pytest.raises(Invalid):
        come(node, date, gina, 4)
    assert standing(node, date)[2] == 3


def test_more_places_let_in_who_waits_and_fewer_than_are_taken_cannot_be(node, cast, make):
    date = make(capacity=1)
    people = list(map(cast.person, NAMES[:4]))
    for person in people:
        come(node, date, person)
    erin = cast.person("erin").id
    with node.db.write() as session:
        event = session.scalars(select(Event)).one()
        draft = _draft(event, capacity=3)
        actions.change(node, session, event.id, draft, version=1, actor_id=erin)
    assert standing(node, date)[:2] == ([each.id for each in people[:3]], [people[3].id])
    with pytest.raises(Invalid), node.db.write() as session:
        actions.change(node, session, event.id, _draft(event, capacity=2), version=2, actor_id=erin)


def _draft(event, **changes):
    from wizzle.plugins.locality.events.rules import Draft

    names = Draft.__dataclass_fields__
    kept = {name: getattr(event, name) for name in names}
    return Draft(**{**kept, "questions": tuple(event.questions), **changes})


def test_a_rush_fills_all_places_and_not_one_more(node, cast, make):
    date = make(capacity=3)
    people = list(map(cast.person, NAMES))
    _all_at_once([lambda person=person: come(node, date, person) for person in people])
    inside, waiting, taken = standing(node, date)
    assert taken == 3
    assert sorted(inside + waiting) == sorted(person.id for person in people)
    assert len(waiting) == 3


def test_who_leaves_and_who_comes_at_once_leave_no_place_empty(node, cast, make):
    date = make(capacity=2)
    people = list(map(cast.person, NAMES))
    for person in people[:4]:
        come(node, date, person)
    steps = [lambda person=person: leave(node, date, person) for person in people[:2]]
    steps += [lambda person=person: come(node, date, person) for person in people[4:]]
    _all_at_once(steps)
    inside, waiting, taken = standing(node, date)
    assert taken == 2
    assert inside == [people[2].id, people[3].id]  # they waited first
    assert sorted(waiting) == sorted(person.id for person in people[4:])


def _all_at_once(steps):
    threads = [threading.Thread(target=step) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@settings(max_examples=25)
@given(
    capacity=st.integers(1, 5),
    steps=st.lists(st.tuples(st.sampled_from(range(5)), st.integers(0, 3)), max_size=14),
)
def test_whatever_people_do_in_whatever_order(sqlite_node, cast_of, date_of, capacity, steps):
    """0 people: they leave. Held against a line on paper."""
    node, date = sqlite_node, date_of(capacity)
    people, line, places = cast_of(), [], {}
    for who, count in steps:
        person = people[who]
        count = min(count, capacity)
        if count == 0:
            if person.id in places or person.id in dict(line):
                leave(node, date, person)
                places.pop(person.id, None)
                line = [each for each in line if each[0] != person.id]
        elif person.id not in places and person.id not in dict(line):
            come(node, date, person, count)
            line.append((person.id, count))
        while line and sum(places.values()) + line[0][1] <= capacity:
            places.update([line.pop(0)])
        inside, waiting, taken = standing(node, date)
        assert taken <= capacity
        assert sorted(inside) == sorted(places)
        assert waiting == [each for each, _ in line]


@pytest.fixture
def cast_of(sqlite_node):
    from support.cast import Cast

    cast = Cast(sqlite_node)
    return lambda: [cast.person(name) for name in NAMES[:5]]


@pytest.fixture
def date_of(sqlite_node, clock):
    """Empty the one event of the test and give it so many places."""
    from datetime import timedelta

    from support.cast import Cast

    from wizzle.plugins.locality.events.rules import Draft, Span

    cast, begins = Cast(sqlite_node), clock.now() + timedelta(days=5)
    erin, farm = cast.person("erin").id, cast.space("farm").id
    with sqlite_node.db.write() as session:
        draft = Draft("감자 캐기", "", "밭", signs_up=True, capacity=1, most_people=1)
        span = Span(begins, begins + timedelta(hours=1))
        event = actions.make(sqlite_node, session, farm, draft, span, actor_id=erin)
        actions.publish(sqlite_node, session, event.id, actor_id=erin)

    def emptied(capacity):
        with sqlite_node.db.write() as session:
            session.execute(delete(SignUp))
            session.execute(update(Event).values(capacity=capacity, most_people=capacity))
            session.execute(update(Occurrence).values(taken=0))
            return session.scalars(select(Occurrence.id)).one()

    return emptied
