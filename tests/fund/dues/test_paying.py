"""Dues are made once for each period, paid once per won, and what is too much is credit."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from wizzle.core import ledger
from wizzle.core.errors import Invalid, Refused, WizzleError
from wizzle.core.notices.models import Told
from wizzle.plugins.fund.dues import actions, queries
from wizzle.plugins.fund.dues.rules import reminder
from wizzle.plugins.fund.earmarks import queries as earmarks

from .conftest import COOP, FRIEND, KEYS, Club


@pytest.fixture
def node(sqlite_node):
    return sqlite_node


def told(club: Club, kind: str) -> list[str]:
    with club.node.db.read() as session:
        rows = session.query(Told).filter(Told.kind == kind).order_by(Told.id)
        return [row.title for row in rows]


def test_dues_stand_once_for_each_period_and_what_comes_pays_the_oldest(club):
    alice = club.joins("alice", since=date(2026, 9, 3))
    with club.node.db.read() as session:
        rows = queries.dues(session, alice)
    assert [str(row.period) for row in rows] == ["2026-11-01", "2026-10-01", "2026-09-01"]
    assert actions.make_all_dues(club.node) == 0
    club.pays(alice, 15_000)
    with club.node.db.read() as session:
        assert [row.paid for row in queries.dues(session, alice)] == [0, 5_000, 10_000]
        assert earmarks.free(session) == 15_000
    club.pays(alice, 25_000)
    assert (club.open(alice), club.credit(alice)) == (0, 10_000)
    club.check()


def test_credit_pays_the_next_due_by_itself_and_the_morning_asks_for_the_next(club, clock):
    alice, gina = club.joins("alice"), club.joins("gina", FRIEND)
    club.pays(alice, 15_000)
    clock.advance(days=35)
    actions.daily(club.node, {})
    actions.daily(club.node, {})
    assert (club.open(alice), club.credit(alice), club.open(gina)) == (5_000, 0, 30_000)
    clock.advance(days=330)
    actions.daily(club.node, {})
    assert club.open(gina) == 60_000
    with club.node.db.read() as session:
        asked = session.execute(text("SELECT key FROM core_job WHERE kind = 'fund.dues'")).all()
    assert len(asked) == 3
    club.check()


def test_a_member_is_reminded_five_times_at_most_and_not_while_a_plea_waits(club, clock):
    alice = club.joins("alice")
    with club.node.db.read() as session:
        due_on = queries.dues(session, alice)[0].due_on
    for number in range(5):
        clock.advance(days=(reminder(due_on, number) - club.today).days)
        actions.daily(club.node, {})
        actions.daily(club.node, {})
    clock.advance(days=70)
    actions.daily(club.node, {})
    with club.node.db.read() as session:
        first = queries.dues(session, alice)[-1]
    assert (first.told, first.remind_on) == (5, None)
    with club.node.db.read() as session:
        keys = [row.key for row in session.query(Told).filter(Told.kind == "fund.due")]
    assert len([key for key in keys if key.startswith(f"fund:due:{first.id}:")]) == 5
    before = len(keys)
    with club.node.db.write() as session:
        last = queries.dues(session, alice)[0]
        alice_person = club.cast.person("alice").id
        actions.plead(club.node, session, last.id, words="어려워요", person_id=alice_person)
    with club.node.db.write() as session:
        for each in queries.dues(session, alice)[1:]:
            actions.waive(club.node, session, each.id, reason="봄까지", actor_id=club.bob)
    clock.advance(days=3)
    actions.daily(club.node, {})
    assert len(told(club, "fund.due")) == before
    assert club.open(alice) == 10_000
    with club.node.db.write() as session:
        actions.decline(club.node, session, last.id, reason="미안해요", actor_id=club.bob)
        with pytest.raises(Refused):
            actions.decline(club.node, session, 1, reason="x", actor_id=club.bob)


def test_being_let_off_moves_no_money_and_frees_what_was_paid(club):
    alice = club.joins("alice", since=date(2026, 10, 1))
    club.pays(alice, 4_000)
    with club.node.db.write() as session:
        before = ledger.balance(session, "bank")
        oldest = queries.dues(session, alice)[-1]
        actions.waive(club.node, session, oldest.id, reason="괜찮아요", actor_id=club.bob)
        actions.waive(club.node, session, oldest.id, reason="괜찮아요", actor_id=club.bob)
        assert ledger.balance(session, "bank") == before
        assert [row.paid for row in queries.dues(session, alice)] == [4_000, 0]
    assert club.open(alice) == 6_000


def test_a_mistake_is_taken_back_once_by_an_entry_of_its_own(club):
    alice = club.joins("alice")
    wrong = club.pays(alice, 10_000)
    for _ in range(2):
        with club.node.db.write() as session:
            actions.take_back(club.node, session, wrong, actor_id=club.bob)
    with club.node.db.read() as session:
        assert earmarks.free(session) == ledger.balance(session, "bank") == 0
        assert [row.amount for row in queries.arrivals(session, alice)] == [-10_000, 10_000]
    assert club.open(alice) == 10_000
    club.check()


def test_what_was_paid_too_much_goes_back_once(club):
    alice = club.joins("alice")
    club.pays(alice, 13_000)
    with club.node.db.write() as session:
        assert actions.give_back_credit(club.node, session, alice, actor_id=club.bob) == 3_000
        with pytest.raises(Refused):
            actions.give_back_credit(club.node, session, alice, actor_id=club.bob)
        assert earmarks.free(session) == 10_000
    assert (club.open(alice), club.credit(alice)) == (0, 0)


def test_money_of_a_day_to_come_and_of_no_member_is_refused_and_rows_stay(club):
    waits = club.applies("alice")
    with pytest.raises(Refused):
        club.pays(waits, 1_000)
    gina = club.joins("gina")
    with club.node.db.write() as session:
        came = actions.Came(1_000, date(2030, 1, 1), "later")
        with pytest.raises(Invalid):
            actions.dues_came(club.node, session, gina, came)
    club.pays(gina, 1_000)
    with club.node.db.write() as session, pytest.raises(DatabaseError, match="append-only"):
        session.execute(text("UPDATE fund_member_money SET amount = 2"))


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["pay", "undo", "waive", "credit", "buy", "paid_in", "morning"]),
        st.integers(0, 3), st.integers(1, 40_000),
    ),
    max_size=14,
)  # fmt: skip


@given(STEPS)
@settings(max_examples=8)
def test_whatever_is_done_books_and_members_agree(club, clock, steps):
    someone = ("alice", "gina", "charlie", "erin")[next(KEYS) % 4]
    with club.node.db.write() as session:  # a fresh membership in each round
        for row in queries.memberships(session, club.cast.person(someone).id):
            if row.Member.state == "member":
                person = row.Member.person_id
                actions.leave(club.node, session, row.Member.id, person_id=person)
    member_id = club.joins(someone, COOP, date(2026, 10, 1))
    for what, number, amount in steps:
        with suppress(WizzleError):
            _do(club, clock, member_id, what, number, amount)
        assert club.credit(member_id) >= 0
        with club.node.db.read() as session:
            rows = queries.dues(session, member_id, limit=99)
            assert all(0 <= row.paid <= row.amount for row in rows)
            assert not (queries.credit(session, member_id) and queries.open_won(session, member_id))
    club.check()


def _do(club: Club, clock, member_id: int, what: str, number: int, amount: int) -> None:
    if what == "pay":
        club.pays(member_id, amount)
        return
    if what == "morning":
        clock.advance(days=number * 9)
        actions.make_all_dues(club.node)
        return
    with club.node.db.write() as session:
        arrivals = queries.arrivals(session, member_id)
        if what == "undo" and arrivals:
            found = arrivals[number % len(arrivals)]
            actions.take_back(club.node, session, found.id, actor_id=club.bob)
        elif what == "waive":
            rows = queries.dues(session, member_id)
            found = rows[number % len(rows)]
            actions.waive(club.node, session, found.id, reason="x", actor_id=club.bob)
        elif what == "credit":
            actions.give_back_credit(club.node, session, member_id, actor_id=club.bob)
        elif what == "buy":
            person = queries.member(session, member_id).person_id
            actions.want(club.node, session, member_id, number + 1, key=f"w{next(KEYS)}",
                         person_id=person)  # fmt: skip
        elif what == "paid_in":
            for each in queries.purchases(session, member_id)[: number + 1]:
                actions.shares_came(club.node, session, each.id, club.came(each.amount))
