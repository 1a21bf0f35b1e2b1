"""Raising together: all or nothing at the minimum, every won accounted for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select
from support.drives import NOTICE, TODAY, Raising

from wizzle.core import ledger
from wizzle.core.errors import Forbidden, Invalid, NotFound, Refused
from wizzle.core.models import Job, LedgerPosting
from wizzle.plugins.fund.carrying import queries as carrying
from wizzle.plugins.fund.earmarks import queries as held
from wizzle.plugins.fund.pledges import actions, queries
from wizzle.plugins.fund.pledges.models import Pledge, PledgeChange

ON_ONE = pytest.mark.parametrize("node", ["sqlite"], indirect=True)


def earmark_of(raising: Raising, drive_id: int) -> int:
    with raising.node.db.read() as session:
        found = held.of_subject(session, f"drive:{drive_id}")
        assert found is not None
        return found.id


def test_reached_moves_what_arrived_into_an_earmark_and_begins_the_work(raising: Raising):
    drive_id = raising.opened()
    given = [raising.arrive(raising.pledge(drive_id, 70_000, who)) for who in ("alice", "gina")]
    waits = raising.pledge(drive_id, 20_000, "charlie")
    raising.count(drive_id)
    assert raising.drive(drive_id).state == "succeeded"
    earmark = earmark_of(raising, drive_id)
    assert raising.balance(f"earmark:{earmark}") == 140_000
    assert [raising.status(each) for each in (*given, waits)] == ["given", "given", "lapsed"]
    assert raising.balance(f"raised:{drive_id}") == raising.balance(f"pledge:{given[0]}") == 0
    with raising.node.db.read() as session:
        assert ledger.verify(session).ok
        steps = carrying.milestones(session, earmark)
        assert [(step.title, step.amount) for step in steps] == [
            ("나무를 사요", 100_000), ("그늘막", 40_000)
        ]  # fmt: skip


def test_not_reached_owes_every_won_back_and_pays_it_once(raising: Raising):
    drive_id = raising.opened()
    came = raising.arrive(raising.pledge(drive_id, 90_000))
    waits = raising.pledge(drive_id, 50_000, "gina")
    raising.count(drive_id)
    assert raising.drive(drive_id).state == "failed", "what has not come does not count"
    assert (raising.status(came), raising.status(waits)) == ("owed", "lapsed")
    assert raising.balance("pledge:back") == 90_000 == raising.balance("bank")
    raising.pay_back(came)
    raising.pay_back(came)
    assert raising.balance("pledge:back") == raising.balance("bank") == 0
    raising.arrive(waits)
    assert raising.status(waits) == "owed", "what comes too late goes back"
    raising.pay_back(waits)
    assert raising.balance("bank") == 0
    with pytest.raises(Refused):
        raising.take_back(came)


def test_a_second_round_goes_on_only_from_the_minimum(raising: Raising):
    drive_id = raising.opened(second_days=20)
    first = raising.arrive(raising.pledge(drive_id, 100_000))
    late = raising.pledge(drive_id, 30_000, "gina")
    raising.count(drive_id)
    drive = raising.drive(drive_id)
    assert drive.state == "open"
    assert drive.second_until == TODAY + timedelta(days=10 + 20)
    assert raising.status(first) == "given"
    with pytest.raises(Refused):
        raising.take_back(first)
    with pytest.raises(Refused):
        raising.cancel(drive_id)
    raising.arrive(late)
    raising.count(drive_id)
    assert raising.balance(f"earmark:{earmark_of(raising, drive_id)}") == 130_000


def test_the_round_is_counted_by_itself_after_the_days_of_counting(raising: Raising):
    drive_id = raising.opened()
    came = raising.arrive(raising.pledge(drive_id, 10_000))
    with raising.node.db.read() as session:
        job = session.scalars(select(Job).where(Job.kind == actions.ENDS)).one()
    actions.count_due(raising.node, job.payload)
    assert raising.drive(drive_id).state == "open", "not before its day"
    raising.clock.set(job.due_at)
    actions.count_due(raising.node, job.payload)
    actions.count_due(raising.node, job.payload)
    assert raising.status(came) == "owed"


def test_pledges_change_and_go_back_and_their_history_stays(raising: Raising):
    drive_id = raising.opened()
    pledge_id = raising.pledge(drive_id, 50_000)
    alice = raising.cast.person("alice").id
    with raising.node.db.write() as session:
        actions.change(raising.node, session, pledge_id, amount=20_000, person_id=alice)
    raising.arrive(pledge_id)
    with pytest.raises(Refused), raising.node.db.write() as session:
        actions.change(raising.node, session, pledge_id, amount=30_000, person_id=alice)
    raising.take_back(pledge_id)
    raising.take_back(pledge_id)
    assert raising.status(pledge_id) == "owed"
    with raising.node.db.read() as session:
        lines = session.execute(
            select(PledgeChange.what, PledgeChange.amount).order_by(PledgeChange.id)
        ).all()
        assert [tuple(row) for row in lines] == [
            ("pledged", 50_000), ("changed", 20_000), ("arrived", 20_000),
            ("taken_back", 20_000), ("owed", 20_000),
        ]  # fmt: skip
    gina = raising.cast.person("gina").id
    with pytest.raises(NotFound), raising.node.db.write() as session:
        actions.take_back(raising.node, session, pledge_id, person_id=gina)


def test_nothing_is_taken_beyond_the_optimum(raising: Raising):
    drive_id = raising.opened()
    raising.pledge(drive_id, 150_000)
    with pytest.raises(Refused, match="50,000"):
        raising.pledge(drive_id, 60_000, "gina")
    raising.pledge(drive_id, 50_000, "gina")


def test_rewards_are_sales_and_are_never_oversold(raising: Raising):
    """Eight buyers want one of three at once."""
    drive_id = raising.proposed(optimum=1_000_000)
    reward = raising.reward(drive_id, 30_000, 3)
    raising.open(drive_id)
    people = [raising.cast.person(name).id for name in ("alice", "gina", "charlie", "dana")]
    start, refused = Barrier(8), []

    def buy(number: int) -> None:
        wish = actions.Wish(people[number % 4], f"b{number}", reward_id=reward, wants_receipt=True)
        start.wait()
        try:
            with raising.node.db.write() as session:
                actions.promise(raising.node, session, drive_id, wish)
        except Refused as error:
            refused.append(str(error))

    threads = [Thread(target=buy, args=(number,)) for number in range(8)]
    [each.start() for each in threads]
    [each.join() for each in threads]
    with raising.node.db.read() as session:
        assert queries.taken(session, drive_id) == {reward: 3}
        sold = session.scalars(select(Pledge)).all()
        assert not any(each.wants_receipt for each in sold), "no receipt of a donation"
        assert queries.solicited(session, None, TODAY) == 0, "and not counted as one"
    assert len(refused) == 5


def test_counting_at_once_pays_and_moves_everything_once(raising: Raising):
    """The job and the treasurer count at the same moment, while late money comes."""
    drive_id = raising.opened()
    came = [raising.arrive(raising.pledge(drive_id, 30_000, who)) for who in ("alice", "gina")]
    late = raising.pledge(drive_id, 30_000, "charlie")
    raising.clock.advance(days=20)
    start, broken = Barrier(6), []

    def do(number: int) -> None:
        start.wait()
        try:
            with raising.node.db.write() as session:
                if number == 0:
                    actions.arrive(raising.node, session, drive_id, late, actor_id=raising.bob)
                else:
                    actions.count(raising.node, session, drive_id, actor_id=raising.bob)
        except Exception as error:
            broken.append(error)

    assert raising.bob
    threads = [Thread(target=do, args=(number,)) for number in range(6)]
    [each.start() for each in threads]
    [each.join() for each in threads]
    assert broken == []
    assert [raising.status(each) for each in (*came, late)] == ["owed"] * 3
    assert raising.balance("pledge:back") == 90_000 == raising.balance("bank")


@ON_ONE
def test_the_law_s_limit_holds_for_all_drives_of_the_fund_together(raising: Raising):
    first, second = (raising.opened(minimum=5_000_000, optimum=9_000_000) for _ in range(2))
    raising.pledge(first, 8_000_000)
    with pytest.raises(Refused, match="1,999,999"):
        raising.pledge(second, 2_000_000, "gina")
    with pytest.raises(Invalid):
        raising.opened(minimum=10_000_000, optimum=10_000_000)
    registered = replace(NOTICE, office="서울특별시", registration="제2026-1호")
    third = raising.opened(registered, minimum=10_000_000, optimum=20_000_000)
    raising.pledge(third, 15_000_000, "gina")


@ON_ONE
def test_nobody_opens_a_drive_of_their_own(raising: Raising):
    drive_id = raising.proposed(who="bob")
    with pytest.raises(Forbidden):
        raising.open(drive_id)


@ON_ONE
def test_a_cancelled_drive_gives_all_back(raising: Raising):
    drive_id = raising.opened()
    came = raising.arrive(raising.pledge(drive_id, 100_000))
    raising.cancel(drive_id)
    raising.cancel(drive_id)
    assert raising.status(came) == "owed"
    with raising.node.db.read() as session:
        keys = select(func.count()).where(LedgerPosting.key == f"pledge:{came}:owed")
        assert session.scalar(keys) == 1


@ON_ONE
def test_only_the_owner_proposes_for_an_organisation_and_steps_come_to_the_minimum(
    raising: Raising,
):
    shop = raising.cast.space("shop").id
    with pytest.raises(NotFound):
        raising.proposed(space_id=shop)
    with pytest.raises(Invalid) as error:
        raising.proposed(minimum=100_000, optimum=90_000, reports=())
    assert {"optimum", "report_1_days"} <= set(error.value.fields)
