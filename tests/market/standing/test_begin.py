"""Beginning, changing, resting and ending a standing order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from wizzle.core.errors import Invalid, NotFound, Refused
from wizzle.core.facts import PersonLeft
from wizzle.plugins.market.orders.rules import IfShort
from wizzle.plugins.market.standing import actions
from wizzle.plugins.market.standing.models import Holiday, StandingOrder
from wizzle.plugins.market.standing.rules import Terms

THURSDAY = date(2026, 11, 26)


def stands(hub, uid):
    return hub._all(select(StandingOrder).where(StandingOrder.uid == uid))[0]


def test_the_same_key_begins_it_once_and_another_is_refused(hub, eggs):
    first = hub.begin("alice", eggs, key="a" * 20)
    assert hub.begin("alice", eggs, key="a" * 20).id == first.id
    assert hub.begin("gina", eggs, key="a" * 20).id != first.id
    with pytest.raises(Refused, match="already"):
        hub.begin("alice", eggs, key="b" * 20)
    alice = hub.cast.viewer("alice")
    hub.do("set_state", alice, first.uid, "ended")
    assert hub.begin("alice", eggs, key="c" * 20).id != first.id


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"on": THURSDAY - timedelta(days=10)}, Invalid),
        ({"quantity": 3}, Refused),
        ({"host": 999}, Invalid),
    ],
)
def test_what_cannot_be_is_refused(hub, eggs, said, error):
    hub.set(eggs, minimum=2, step=2)
    said = {"quantity": 2, **said}
    with pytest.raises(error):
        hub.begin("alice", eggs, said.pop("quantity"), **said)
    assert hub._all(select(StandingOrder)) == []


def test_what_is_off_the_list_cannot_be_begun(hub, eggs):
    hub.set(eggs, listed=False)
    with pytest.raises(Refused, match="not sold"):
        hub.begin("alice", eggs)


def test_a_change_holds_from_the_next_time_and_knows_its_version(hub, eggs):
    made, alice = hub.begin("alice", eggs), hub.cast.viewer("alice")
    hub.work()
    terms = Terms(3, 2, IfShort("substitute", 7_000))
    hub.do("change_standing", alice, made.uid, terms, version=1)
    hub.do("change_standing", alice, made.uid, terms, version=1)  # the same press again
    now = stands(hub, made.uid)
    assert (now.quantity, now.every, now.wish, now.substitute_up_to) == (3, 2, "substitute", 7_000)
    assert now.version == 2
    with pytest.raises(Refused, match="another window"):
        hub.do("change_standing", alice, made.uid, Terms(4, 2, IfShort()), version=1)
    with pytest.raises(NotFound):
        hub.do("change_standing", hub.cast.viewer("gina"), made.uid, terms, version=2)
    hub.next_week()
    hub.next_week()
    [line] = [hub.lines(order) for order in hub.orders(hub.round.occasion)]
    assert line == {eggs: 3}


def test_what_rests_is_not_made_and_joins_the_open_round_when_it_goes_on(hub, eggs):
    made, alice = hub.begin("alice", eggs), hub.cast.viewer("alice")
    hub.work()
    hub.do("set_state", alice, made.uid, "paused")
    hub.next_week()
    assert hub.orders(hub.round.occasion) == []
    hub.do("set_state", alice, made.uid, "active")
    hub.work()
    assert len(hub.orders(hub.round.occasion)) == 1
    hub.do("set_state", alice, made.uid, "ended")
    with pytest.raises(Refused, match="ended"):
        hub.do("set_state", alice, made.uid, "active")
    hub.next_week()
    assert hub.orders(hub.round.occasion) == []


def test_weeks_that_are_not_due_or_over_cannot_be_changed(hub, eggs, bundle):
    alice = hub.cast.viewer("alice")
    made = hub.begin("alice", eggs, every=2)
    hub.work()
    for day in (THURSDAY, THURSDAY + timedelta(days=7), THURSDAY - timedelta(days=14)):
        with pytest.raises(Refused):
            hub.do("skip_week", alice, made.uid, day)
    with pytest.raises(Refused, match="anyway"):
        hub.do("swap_week", alice, made.uid, THURSDAY + timedelta(days=14),
               product_id=eggs, quantity=1)  # fmt: skip
    with pytest.raises(NotFound):
        hub.do("skip_week", hub.cast.viewer("gina"), made.uid, THURSDAY + timedelta(days=14))


def test_holidays_have_two_ends_and_an_owner(hub):
    alice = hub.cast.viewer("alice")
    with pytest.raises(Invalid):
        hub.do("add_holiday", alice, THURSDAY, THURSDAY - timedelta(days=1))
    with pytest.raises(Invalid):
        hub.do("add_holiday", alice, THURSDAY, THURSDAY + timedelta(days=800))
    hub.do("add_holiday", alice, THURSDAY, THURSDAY)
    [holiday] = hub._all(select(Holiday))
    gina = hub.cast.viewer("gina")
    with pytest.raises(NotFound), hub.node.db.write() as session:
        actions.drop_holiday(session, gina, holiday.id)
    with hub.node.db.write() as session:
        actions.drop_holiday(session, alice, holiday.id)
    assert hub._all(select(Holiday)) == []


def test_whoever_leaves_is_sent_nothing_more(hub, eggs):
    made, alice = hub.begin("alice", eggs), hub.cast.person("alice")
    hub.do("add_holiday", alice, THURSDAY + timedelta(days=70), THURSDAY + timedelta(days=71))
    hub.work()
    fact = PersonLeft(alice.id, alice.name, alice.email, alice.language)
    with hub.node.db.write() as session:
        hub.node.hooks.person_left(node=hub.node, session=session, fact=fact)
    assert stands(hub, made.uid).state == "ended"
    assert hub._all(select(Holiday)) == []
    hub.next_week()
    assert [order.state for order in hub.orders()] == ["withdrawn"]
