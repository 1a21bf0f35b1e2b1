"""Money is bound to steps: it is paid as they are accepted, and the rest comes back."""

from __future__ import annotations

from datetime import date

import pytest

from wizzle.core.errors import Refused
from wizzle.plugins.fund.carrying import actions, queries
from wizzle.plugins.fund.carrying.models import Milestone
from wizzle.plugins.fund.carrying.rules import Step
from wizzle.plugins.fund.earmarks import actions as earmarks
from wizzle.plugins.fund.earmarks import queries as held
from wizzle.plugins.fund.earmarks.actions import Move

STEPS = (Step("자재 사기", 6_000, date(2026, 12, 10)), Step("만들기", 4_000, date(2027, 1, 10)))
REPORTS = (date(2027, 1, 20),)


def begun(node, session, subject="proposal:1", steps=STEPS):
    total = sum(each.amount for each in steps)
    earmarks.receive(node, session, Move(total, f"in:{subject}", "test:1", "모금"), target=None)
    earmark = earmarks.open_for(node, session, subject, name="골목 벤치")
    earmarks.shift(
        node, session, Move(total, f"set:{subject}", subject, "벤치"), source=None, target=earmark
    )
    actions.begin(
        node, session, earmark, title="골목 벤치", leader_id=None, space_id=None, steps=steps,
        report_on=REPORTS,
    )  # fmt: skip
    return earmark


def test_an_undertaking_begins_once_and_its_steps_sum_to_the_money(node):
    with node.db.write() as session:
        earmark = begun(node, session)
        again = actions.begin(
            node, session, earmark, title="x", leader_id=None, space_id=None, steps=(),
            report_on=(),
        )  # fmt: skip
        assert (again.title, again.ends_on) == ("골목 벤치", REPORTS[0])
        assert [each.amount for each in queries.milestones(session, earmark.id)] == [6_000, 4_000]
        other = earmarks.open_for(node, session, "proposal:2", name="텃밭")
        with pytest.raises(Refused):
            actions.begin(
                node, session, other, title="텃밭", leader_id=None, space_id=None, steps=STEPS,
                report_on=REPORTS,
            )  # fmt: skip


def test_what_is_accepted_less_what_was_paid_may_be_paid(node):
    with node.db.write() as session:
        earmark = begun(node, session)
        assert queries.payable(session, earmark.id) == 0
        first = session.query(Milestone).filter_by(position=1).one()
        first.accepted_at = node.clock.now()
        session.flush()
        assert queries.payable(session, earmark.id) == 6_000
        earmarks.spend(node, session, Move(2_500, "p1", "claim:1", "목재"), source=earmark)
        assert queries.payable(session, earmark.id) == 3_500
        actions.commit(node, session, earmark.id, "claim:2", 3_000)
        with pytest.raises(Refused):
            actions.commit(node, session, earmark.id, "claim:3", 501)
        sums = queries.sums(session, [earmark.id])[earmark.id]
        assert (sums.planned, sums.spent, sums.left, sums.open) == (10_000, 2_500, 7_500, 500)


def test_an_area_has_no_milestones(node):
    with node.db.write() as session:
        area = earmarks.open_area(node, session, name="먹거리", purpose="", key="a", actor_id=None)
        assert queries.payable(session, area.id) is None


def test_an_end_waits_for_reports_and_frees_what_is_left(node):
    with node.db.write() as session:
        earmark = begun(node, session)
        with pytest.raises(Refused):
            actions.finish(node, session, earmark.id, actor_id=None)
        for report in queries.reports(session, earmark.id):
            report.given_at = node.clock.now()
        session.flush()
        actions.finish(node, session, earmark.id, actor_id=None)
        actions.finish(node, session, earmark.id, actor_id=None)
        assert held.free(session) == 10_000
        assert queries.payable(session, earmark.id) == 0
        assert queries.overdue(session, date(2028, 1, 1), 5) == []
