"""Phases only go forward, and a list belongs to its reader."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.programmes import programme

from wizzle.core import follows, notices
from wizzle.core.errors import Invalid, WizzleError
from wizzle.core.models import Job
from wizzle.plugins.fund.programmes import actions, queries
from wizzle.plugins.fund.programmes.models import Programme
from wizzle.plugins.fund.programmes.rules import (
    PHASES,
    Calendar,
    check_winners,
    is_later,
    phase_at,
    place_for,
)

START = datetime(2026, 11, 23, tzinfo=UTC)
STEPS = ("later", "review", "deliberation", "closed", "ideas", "vote", "bind", "publish")
ON_ONE = pytest.mark.parametrize("node", ["sqlite"], indirect=True)


@ON_ONE
@settings(max_examples=12)
@given(steps=st.lists(st.sampled_from(STEPS), max_size=12))
def test_no_sequence_of_steps_leads_back(node, clock, cast, steps):
    clock.set(START)
    bob = cast.person("bob").id
    with node.db.write() as session:
        number, ids = programme(node, session, costs=[300], phase="draft")
    seen = ["draft"]
    for step in steps:
        if step == "later":
            clock.advance(days=11)
        try:
            with node.db.write() as session:
                if step == "vote":
                    actions.begin_vote(node, session, number, actor_id=bob)
                elif step == "bind":
                    actions.bind(node, session, number, ids, by="vote:1", actor_id=bob)
                elif step == "publish":
                    actions.publish(node, session, number, actor_id=bob)
                elif step != "later":
                    actions.move_on(node, session, number, step, reason="까닭", actor_id=bob)
        except WizzleError:
            pass
        if step == "later" and len(seen) % 2:  # the job may come late
            actions.turn_due(node, {"programme_id": number})
        with node.db.read() as session:
            seen.append(queries.phase_of(session.get_one(Programme, number), clock.now()))
    assert all(not is_later(before, after) for before, after in pairwise(seen))
    with node.db.read() as session:
        log = [each.phase for each in queries.steps_of(session, number)]
    assert log == sorted(set(log), key=PHASES.index)


@given(
    ends=st.lists(st.integers(1, 300), min_size=5, max_size=5, unique=True).map(sorted),
    stored=st.sampled_from(PHASES),
    moments=st.lists(st.integers(0, 400)).map(sorted),
)
def test_the_calendar_leads_on_and_only_up_to_deliberation(ends, stored, moments):
    calendar = Calendar(*(START + timedelta(days=each) for each in ends))
    calendar.check()
    seen = [phase_at(stored, calendar, START + timedelta(days=each)) for each in moments]
    assert all(not is_later(before, after) for before, after in pairwise(seen))
    for each in seen:
        assert each == stored or (
            stored in ("ideas", "review") and not is_later(each, "deliberation")
        )
    with pytest.raises(Invalid):
        Calendar(*(START + timedelta(days=each) for each in reversed(ends))).check()


@given(costs=st.dictionaries(st.integers(1, 9), st.integers(1, 100), min_size=1), data=st.data())
def test_winners_are_on_the_list_once_and_within_the_money(costs, data):
    winners = data.draw(st.lists(st.integers(0, 10), max_size=5))
    money = data.draw(st.integers(1, 300))
    fits = (
        len(set(winners)) == len(winners) and all(each in costs for each in winners)
        and sum(costs.get(each, 0) for each in winners) <= money
    )  # fmt: skip
    if fits:
        assert check_winners(costs, winners, money) <= money
    else:
        with pytest.raises(WizzleError):
            check_winners(costs, winners, money)


def test_each_reader_has_an_order_that_stays_and_none_is_first_for_all():
    def order(reader):
        return sorted(range(10), key=lambda number: place_for(reader, number))

    readers = [f"person:{each}:1" for each in range(60)]
    assert all(order(each) == order(each) for each in readers)
    assert len({order(each)[0] for each in readers}) == 10


@ON_ONE
def test_a_phase_that_ends_is_told_once_to_who_follows(node, clock, cast):
    alice, bob = cast.person("alice").id, cast.person("bob").id
    with node.db.write() as session:
        number, _ = programme(node, session, phase="draft")
        actions.publish(node, session, number, actor_id=None)
        follows.follow(session, alice, f"programme:{number}", at=clock.now())
        jobs = session.query(Job).filter(Job.kind == "fund.programme_turns").count()
        assert jobs == 3
    clock.advance(days=10)
    for _ in range(2):
        actions.turn_due(node, {"programme_id": number})
    with node.db.read() as session:
        told = session.query(Job).filter(Job.key.contains(f"programme:{number}:review")).count()
        assert told == 1
        assert session.get_one(Programme, number).phase == "review"
    clock.advance(days=20)
    for _ in range(2):
        actions.turn_due(node, {"programme_id": number})
    with node.db.read() as session:
        asked = notices.listed(session, bob, before=None, limit=9)
        assert [each.kind for each in asked] == ["fund.review"], "asked once to freeze the list"
