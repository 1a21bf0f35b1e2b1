"""What is decided binds the money, to the won, once; and what was decided about never changes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.exc import DatabaseError
from support.programmes import programme

from wizzle.core.errors import Invalid, Refused
from wizzle.plugins.fund.earmarks import actions as earmarks
from wizzle.plugins.fund.earmarks import queries as money
from wizzle.plugins.fund.programmes import actions, queries
from wizzle.plugins.fund.programmes.models import BallotLine, Programme, Proposal


def held_for(session, subject):
    earmark = money.of_subject(session, subject)
    return 0 if earmark is None else money.left(session, [earmark.id])[earmark.id]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_earmarks_and_the_rest_are_the_money(node, data):
    costs = data.draw(st.lists(st.integers(1, 500), min_size=1, max_size=6))
    budget = data.draw(st.integers(max(costs), 1_500))
    chosen = data.draw(st.sets(st.integers(0, len(costs) - 1)))
    from_area = data.draw(st.booleans())
    with node.db.write() as session:
        area = None
        number, ids = programme(node, session, money=budget, costs=costs)
        if from_area:
            area = earmarks.open_area(
                node, session, name="먹거리", purpose="", key=f"area-{number}", actor_id=None
            )
            move = earmarks.Move(budget, f"a:{number}", "test:1", "먹거리로")
            earmarks.shift(node, session, move, source=None, target=area)
            session.get_one(Programme, number).earmark_id = area.id

        def source():
            return money.free(session) if area is None else money.left(session, [area.id])[area.id]

        free, total, before = money.free(session), money.total(session), source()
        winners = [ids[each] for each in chosen]
        actions.begin_vote(node, session, number, actor_id=None)
        actions.begin_vote(node, session, number, actor_id=None)
        assert held_for(session, f"programme:{number}") == budget
        assert source() == before - budget
        spent = sum(costs[each] for each in chosen)
        if spent > budget:
            with pytest.raises(Refused):
                actions.bind(node, session, number, winners, by="vote:1", actor_id=None)
            assert held_for(session, f"programme:{number}") == budget
            return
        for _ in range(2):  # twice is once
            actions.bind(node, session, number, winners, by="vote:1", actor_id=None)
        kept = [held_for(session, f"proposal:{each}") for each in winners]
        assert kept == [costs[each] for each in chosen]
        assert source() == before - spent
        assert held_for(session, f"programme:{number}") == 0
        assert money.total(session) == total
        assert from_area is False or money.free(session) == free
        others = [each for each in ids if each not in winners]
        if others:
            with pytest.raises(Refused):
                actions.bind(node, session, number, others, by="vote:1", actor_id=None)


def test_voting_begins_only_with_something_to_vote_for_and_the_money(node):
    with node.db.write() as session:
        nothing, _ = programme(node, session, money=100)
        with pytest.raises(Refused, match="nothing to decide"):
            actions.begin_vote(node, session, nothing, actor_id=None)
        move = earmarks.Move(money.free(session), "away", "test:1", "다른 데로")
        earmarks.spend(node, session, move, source=None)
        poor, _ = programme(node, session, money=100, costs=[50], fund=99)
        with pytest.raises(Refused, match="only 99 won"):
            actions.begin_vote(node, session, poor, actor_id=None)
        early, _ = programme(node, session, money=100, costs=[50], phase="ideas")
        with pytest.raises(Refused):
            actions.begin_vote(node, session, early, actor_id=None)
        with pytest.raises(Refused):
            actions.bind(node, session, early, [], by="vote:1", actor_id=None)


def test_a_frozen_list_never_changes(node):
    with node.db.write() as session:
        number, ids = programme(node, session, costs=[300, 200])
        actions.begin_vote(node, session, number, actor_id=None)
        frozen = queries.on_ballot(session, number)
        assert [(each.proposal_id, each.cost) for each in frozen] == [(ids[0], 300), (ids[1], 200)]
        proposal = session.get_one(Proposal, ids[0])
        proposal.title, proposal.cost, proposal.state = "다른 말", 1, "withdrawn"
        session.flush()
        assert queries.on_ballot(session, number) == frozen
        for statement in (update(BallotLine).values(cost=1), BallotLine.__table__.delete()):
            with pytest.raises(DatabaseError), session.begin_nested():
                session.execute(statement)


def test_a_hand_decides_only_where_a_committee_was_named_and_says_why(node, cast):
    who = cast.person("bob").id
    with node.db.write() as session:
        voted, ids = programme(node, session, costs=[300])
        with pytest.raises(Refused):
            actions.bind_by_hand(node, session, voted, ids, reason="그냥", actor_id=who)
        number, ids = programme(node, session, costs=[300, 200], decision="committee")
        with pytest.raises(Invalid):
            actions.bind_by_hand(node, session, number, ids, reason=" ", actor_id=who)
        actions.bind_by_hand(node, session, number, ids[:1], reason="모두 찬성", actor_id=who)
        found = queries.the_programme(session, number)
        assert (found.phase, found.decided_by, found.decided_why) == (
            "carrying",
            "hand",
            "모두 찬성",
        )
