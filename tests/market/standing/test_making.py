"""Standing orders that make themselves: once each round, and nothing is left out in silence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from wizzle.core.errors import Refused
from wizzle.core.models import Job
from wizzle.plugins.market import run_standing, standing_demand
from wizzle.plugins.market.standing.models import StandingOrder

THURSDAY = date(2026, 11, 26)


def states(hub):
    return [(run.state, run.wanted, run.quantity) for run in hub.runs(hub.round.occasion)]


def test_a_standing_order_joins_the_round_that_is_open_and_each_that_follows(hub, eggs):
    hub.begin("alice", eggs, 2)
    hub.work()
    [order] = hub.orders()
    assert hub.lines(order) == {eggs: 2}
    assert order.key == f"standing:{hub.round.occasion}"
    hub.next_week()
    assert [hub.lines(each) for each in hub.orders(hub.round.occasion)] == [{eggs: 2}]
    assert states(hub) == [("made", 2, 2)]
    letters = hub.mails("alice")
    assert len(letters) == 2
    assert "정기 주문" in letters[1]


def test_all_of_a_person_comes_in_one_order(hub, eggs, bundle):
    hub.begin("alice", eggs, 2, on=THURSDAY + timedelta(days=7))
    hub.begin("alice", bundle, 1, on=THURSDAY + timedelta(days=7))
    hub.begin("gina", eggs, 1, on=THURSDAY + timedelta(days=7))
    hub.work()
    assert hub.orders() == []
    hub.next_week()
    found = {order.person_name: hub.lines(order) for order in hub.orders()}
    assert found == {"앨리스": {eggs: 2, bundle: 1}, "지나": {eggs: 1}}
    assert len(hub.mails("alice")) == 1


def test_every_second_week(hub, eggs):
    hub.begin("alice", eggs, every=2)
    hub.work()
    for _ in range(4):
        hub.next_week()
    assert [run.collect_on for run in hub.runs()] == [
        THURSDAY + timedelta(days=days) for days in (0, 14, 28)
    ]


def test_a_round_on_another_day_of_its_week_counts_and_a_second_one_does_not(hub, eggs):
    hub.begin("alice", eggs)
    hub.work()
    hub.clock.advance(days=7)
    now = hub.clock.now()
    tuesday = {"cut_off": now + timedelta(hours=8), "collect_from": now + timedelta(days=1),
               "collect_until": now + timedelta(days=1, hours=4)}  # fmt: skip
    hub.open(**tuesday)
    assert states(hub) == [("made", 1, 1)]
    hub.open()
    assert hub.runs(hub.round.occasion) == []
    assert len(hub.orders()) == 2


def test_what_is_short_is_made_in_part_and_said(hub, bundle):
    hub.begin("alice", bundle, 5)
    hub.begin("gina", bundle, 5, wish="refund")
    hub.work()
    hub.set(bundle, stock=3)
    hub.next_week()
    assert sorted(states(hub)) == [("failed", 5, 0), ("made", 5, 3)]
    [order] = hub.orders(hub.round.occasion)
    assert hub.lines(order) == {bundle: 3}
    assert "꾸러미" in hub.mails("alice")[-1]
    assert "3" in hub.mails("alice")[-1]
    assert "못" in hub.mails("gina")[-1]


def test_what_is_off_the_list_is_told_while_the_rest_is_made(hub, eggs, bundle):
    hub.begin("alice", eggs)
    hub.begin("alice", bundle)
    hub.work()
    hub.set(bundle, listed=False)
    hub.next_week()
    assert sorted(states(hub)) == [("failed", 1, 0), ("made", 1, 1)]
    [letter] = hub.mails("alice")[-1:]
    assert "꾸러미" in letter
    failed = next(run for run in hub.runs(hub.round.occasion) if run.state == "failed")
    assert failed.problem == "%(name)s is not sold any more."
    assert failed.values == {"name": "꾸러미"}


def test_what_became_much_dearer_waits_for_a_yes(hub, eggs):
    made = hub.begin("alice", eggs)
    hub.work()
    hub.set(eggs, price=7_200)
    hub.next_week()
    assert states(hub) == [("made", 1, 1)]
    hub.set(eggs, price=7_201)
    hub.next_week()
    assert states(hub) == [("failed", 1, 0)]
    alice = hub.cast.viewer("alice")
    with hub.node.db.write() as session:
        from wizzle.plugins.market.standing.actions import agree_to_price

        with pytest.raises(Refused):
            agree_to_price(session, alice, made.uid, price=7_000)
        agree_to_price(session, alice, made.uid, price=7_201)
    assert hub.again()["failed"] == 0
    assert states(hub) == [("made", 1, 1)]


def test_trying_again_adds_to_the_order_and_doubles_nothing(hub, eggs, bundle):
    hub.begin("alice", eggs)
    hub.begin("alice", bundle)
    hub.work()
    hub.set(bundle, stock=0)
    hub.next_week()
    hub.again()
    assert sorted(states(hub)) == [("failed", 1, 0), ("made", 1, 1)]
    assert len(hub.mails("alice")) == 2
    hub.set(bundle, stock=4)
    assert hub.again() == {"made": 2, "part": 0, "skipped": 0, "failed": 0}
    assert hub.again() == {"made": 2, "part": 0, "skipped": 0, "failed": 0}
    [order] = hub.orders(hub.round.occasion)
    assert hub.lines(order) == {eggs: 1, bundle: 1}


def test_what_was_withdrawn_is_not_ordered_again(hub, eggs, bundle):
    from wizzle.plugins.market import withdraw_order

    hub.begin("alice", eggs)
    hub.begin("alice", bundle)
    hub.set(bundle, stock=0)
    hub.work()
    [order] = hub.orders()
    alice = hub.cast.viewer("alice")
    with hub.node.db.write() as session:
        withdraw_order(hub.node, session, alice, order.id)
    hub.set(bundle, stock=5)
    hub.again()
    hub.work()
    assert [each.state for each in hub.orders()] == ["withdrawn"]
    failed = next(run for run in hub.runs() if run.state == "failed")
    assert "withdrawn" in failed.problem


def test_what_lies_in_the_order_already_is_not_added(hub, eggs, bundle):
    from wizzle.plugins.market import Item, change_order

    hub.begin("alice", eggs)
    hub.begin("alice", bundle)
    hub.set(bundle, stock=0)
    hub.work()
    hub.set(bundle, stock=9)
    [order] = hub.orders()
    alice = hub.cast.viewer("alice")
    with hub.node.db.write() as session:
        change_order(hub.node, session, alice, order.id,
                     [Item(eggs, 1), Item(bundle, 2)], version=order.version)  # fmt: skip
    hub.again()
    assert hub.lines(order) == {eggs: 1, bundle: 2}


def test_skip_holiday_and_swap(hub, eggs, bundle):
    alice, gina = hub.cast.viewer("alice"), hub.cast.viewer("gina")
    week = THURSDAY + timedelta(days=7)
    hub.begin("alice", eggs, on=week)
    mine = hub.begin("alice", bundle, on=week)
    hub.begin("gina", eggs, on=week)
    other = hub.begin("charlie", eggs, on=week)
    hub.do("skip_week", alice, mine.uid, week)
    hub.do("add_holiday", gina, week - timedelta(days=1), week)
    hub.do("add_holiday", gina, week - timedelta(days=1), week)
    hub.do("swap_week", hub.cast.viewer("charlie"), other.uid, week, product_id=bundle, quantity=2)
    here = hub.id
    with hub.node.db.read() as session:
        asked = {d.product_id: (d.quantity, d.people) for d in standing_demand(session, here, week)}
    assert asked == {eggs: (1, 1), bundle: (2, 1)}
    hub.next_week()
    assert {o.person_name: hub.lines(o) for o in hub.orders()} == {
        "앨리스": {eggs: 1}, "찰리": {bundle: 2}
    }  # fmt: skip
    assert [run.state for run in hub.runs()].count("skipped") == 2
    with pytest.raises(Refused):
        hub.do("keep_week", alice, mine.uid, week)
    hub.next_week()
    assert {o.person_name: hub.lines(o) for o in hub.orders(hub.round.occasion)} == {
        "앨리스": {eggs: 1, bundle: 1}, "찰리": {eggs: 1}, "지나": {eggs: 1}
    }  # fmt: skip


def test_a_week_that_was_skipped_can_be_had_after_all(hub, eggs):
    alice, week = hub.cast.viewer("alice"), THURSDAY + timedelta(days=7)
    mine = hub.begin("alice", eggs, on=week)
    hub.do("skip_week", alice, mine.uid, week)
    hub.do("skip_week", alice, mine.uid, week - timedelta(days=2))
    hub.do("keep_week", alice, mine.uid, week)
    hub.next_week()
    assert states(hub) == [("made", 1, 1)]


def test_a_failure_of_one_stops_nobody_else(hub, eggs, monkeypatch):
    from wizzle.plugins.market.standing.actions import serving

    people = hub.people(5)
    hub.seed(people, eggs)
    placed = serving.place_order

    def breaks(node, session, person, **more):
        if person.id == people[2]:
            raise RuntimeError("the roof fell in")
        return placed(node, session, person, **more)

    monkeypatch.setattr(serving, "place_order", breaks)
    hub.next_week()
    assert len(hub.orders()) == 4
    assert [run.state for run in hub.runs()].count("failed") == 1
    monkeypatch.undo()
    assert hub.again()["made"] == 5
    assert len(hub.orders()) == 5


def test_many_are_made_by_jobs_after_the_opening(hub, eggs):
    hub.seed(hub.people(120), eggs)
    hub.clock.advance(days=7)
    hub.round.draft().offer().to("open")
    assert hub.orders() == []
    hub.work()
    assert len(hub.orders(hub.round.occasion)) == 120
    jobs = hub._all(select(Job).where(Job.kind == "market.standing"))
    assert sum(hub.round.occasion in job.key for job in jobs) == 3
    here = hub.id
    with hub.node.db.write() as session:
        for job in session.scalars(select(Job).where(Job.kind == "market.standing")):
            job.state = "waiting"
            job.payload = {"occasion": hub.round.occasion, "title": "이번 회차", "after": 0,
                           "host_ids": [here], "key": job.key,
                           "on": (THURSDAY + timedelta(days=7)).isoformat()}  # fmt: skip
    hub.work()
    assert len(hub.orders(hub.round.occasion)) == 120


def test_the_examples_residents_have_standing_orders_once(node):
    def load():
        steps = sorted(node.host.collect("example_steps", node=node), key=lambda step: step.order)
        for step in steps:
            with node.db.write() as session:
                step.load(node, session)
        with node.db.read() as session:
            return sorted(
                (each.every, each.quantity) for each in session.scalars(select(StandingOrder))
            )

    assert load() == [(1, 1), (2, 1)]
    assert load() == [(1, 1), (2, 1)]


def test_after_the_cut_off_all_of_it_is_told(hub, eggs):
    hub.seed(hub.people(3), eggs)
    hub.clock.advance(days=7)
    hub.round.draft().offer().to("open")
    hub.clock.advance(days=2, hours=1)
    run_standing(hub.node, hub.round.occasion)
    assert [run.state for run in hub.runs(hub.round.occasion)] == ["failed"] * 3
    assert hub.orders(hub.round.occasion) == []


def test_two_hubs_of_one_round_each_have_their_own_order(hub, eggs, bundle):
    other = hub.round.other_hub("gina")
    hub.seed([hub.cast.person("alice").id], eggs)
    hub.seed([hub.cast.person("alice").id], bundle, host_id=other)
    hub.clock.advance(days=7)
    now = hub.clock.now()
    hub.round.draft()
    with hub.node.db.write() as session:
        from wizzle.plugins.assembly.cycles.models import Point

        session.add(Point(cycle_id=hub.round.id, hub_id=other, place="다른 거점", address="",
                          collect_from=now + timedelta(days=3),
                          collect_until=now + timedelta(days=3, hours=2)))  # fmt: skip
    hub.round.offer().to("open")
    hub.work()
    found = {order.host_id: hub.lines(order) for order in hub.orders(hub.round.occasion)}
    assert found == {hub.id: {eggs: 1}, other: {bundle: 1}}


@pytest.fixture
def bank(hub, monkeypatch):
    """The node has a bank account, so that a transfer is offered; ``bank(False)`` takes it away."""
    own = dict(hub.node.host.settings("market"))

    def offer(on=True):
        account = {"bank": "농협은행", "bank_account": "302-1", "bank_holder": "위즐"}
        found = own | (account if on else {"bank_account": ""})
        monkeypatch.setattr(type(hub.node.host), "settings", lambda *_: found)

    offer()
    return offer


def test_it_is_paid_as_the_resident_chose_and_at_collection_while_that_is_off(
    hub, eggs, bundle, bank
):
    hub.begin("alice", eggs, payment="transfer")
    hub.begin("alice", bundle)
    hub.work()
    first = {order.payment_provider: hub.lines(order) for order in hub.orders()}
    assert first == {"transfer": {eggs: 1}, "at_collection": {bundle: 1}}
    assert any("302-1" in letter for letter in hub.mails("alice"))
    bank(False)
    hub.next_week()
    [order] = hub.orders(hub.round.occasion)
    assert (order.payment_provider, hub.lines(order)) == ("at_collection", {eggs: 1, bundle: 1})


def test_a_way_to_pay_that_is_not_offered_cannot_be_chosen(hub, eggs):
    with pytest.raises(Refused, match="way to pay"):
        hub.begin("alice", eggs, payment="transfer")
