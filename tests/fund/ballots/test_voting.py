"""Voting: everybody once, no way from a voter to a ballot, nothing changed once fixed."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import inspect, select, text, update
from sqlalchemy.exc import DBAPIError
from support.votes import Votes

from wizzle.core import ledger
from wizzle.core.db import Base
from wizzle.core.errors import Invalid, NotFound, Refused
from wizzle.core.models import AuditRecord, Job
from wizzle.core.node import Node
from wizzle.plugins.fund.ballots import actions, queries
from wizzle.plugins.fund.ballots.actions.held import urn_of
from wizzle.plugins.fund.ballots.models import Option, Result, Urn, Vote, Voter
from wizzle.plugins.fund.counting.rules import commitment

SQLITE = pytest.mark.parametrize("node", ["sqlite"], indirect=True)


def vote_of(node: Node, vote_id: int) -> Vote:
    with node.db.read() as session:
        found = session.get_one(Vote, vote_id)
        session.expunge(found)
        return found


def test_a_vote_from_its_roll_to_money_that_is_set_apart(votes: Votes, node: Node):
    ballots = [[1, 2], [1], [2], [2, 3], [3], [], [1, 3], [2]]
    alice = votes.cast.person("alice").id
    vote_id = votes.opened(names=["alice@example.com", "김순자"])
    fixed = vote_of(node, vote_id)
    assert (fixed.roll_size, fixed.budget, fixed.state) == (14, 1_000_000, "open")
    votes.cast_all(ballots)
    with node.db.write() as session:
        actions.cast_as_member(node, session, vote_id, alice, [2, 1])
    with node.db.read() as session:
        assert queries.turnout(session, vote_id).voted == 9
        assert queries.result_of(session, vote_id) is None
    with pytest.raises(Refused):
        actions.close(node, vote_id)
    votes.over()
    actions.close(node, vote_id)
    actions.close(node, vote_id)
    told = votes.told(vote_id)
    assert told["decided"]
    assert told["ballots"] == told["voted"] == 9
    assert told["blank"] == 1
    with node.db.read() as session:
        result = session.get_one(Result, vote_id)
        assert commitment(result.seed) == fixed.commitment
        assert session.get_one(Urn, vote_id).sealed == session.get_one(Vote, vote_id).seed == ""
        titles = session.scalars(select(Option.title).where(Option.number.in_(told["winners"])))
        chosen = list(titles)
    for _ in range(2):
        with node.db.write() as session:
            actions.bind(node, session, vote_id, actor_id=votes.keeper)
    with node.db.read() as session:
        earmarks = session.execute(text("SELECT id, name FROM fund_earmark")).all()
        held = {name: ledger.balance(session, f"earmark:{number}") for number, name in earmarks}
        assert sum(held[title] for title in chosen) == told["rules"]["equal-shares"]["cost"]
        assert ledger.verify(session).ok
    assert vote_of(node, vote_id).bound_at is not None


def test_everybody_has_one_ballot_however_often_and_whenever_they_press(votes: Votes, node: Node):
    """Four codes three times each, and a member who votes twice and is ticked off, all at once."""
    alice, refused, start = votes.cast.person("alice").id, [], Barrier(15)
    vote_id = votes.opened(names=["alice@example.com"])

    with node.db.read() as session:
        voter = queries.member_on_roll(session, vote_id, alice).id

    def vote(who: int, choice: int) -> None:
        start.wait(20)
        try:
            with node.db.write() as session:
                if who == 4 and choice == 2:
                    actions.tick_off(node, session, vote_id, voter, officer_id=votes.keeper)
                elif who == 4:
                    actions.cast_as_member(node, session, vote_id, alice, [choice])
                else:
                    actions.cast_by_code(node, session, votes.codes[who], [choice])
        except Refused as error:
            refused.append(error)

    threads = [Thread(target=vote, args=(n % 5, n // 5 + 1)) for n in range(15)]
    [each.start() for each in threads]
    [each.join(60) for each in threads]
    with node.db.read() as session:
        part = queries.turnout(session, vote_id)
        assert sum(urn_of(node, session, vote_id).values()) + part.outstanding == 5
        assert part.voted == 5
    assert len(refused) == 10


def test_nothing_of_a_fixed_vote_can_be_changed_even_past_the_program(votes: Votes, node: Node):
    vote_id = votes.opened()
    votes.cast_all([[1]])
    with pytest.raises(Refused), node.db.write() as session:
        actions.change(node, session, vote_id, votes.terms(title="x"), actor_id=votes.keeper)
    with pytest.raises(Refused), node.db.write() as session:
        actions.make_codes(node, session, vote_id, 1, actor_id=votes.keeper)
    for statement in (
        "UPDATE fund_vote SET closes_at = opens_at", "UPDATE fund_vote SET rule = 'greedy'",
        "UPDATE fund_vote SET commitment = 'x'", "UPDATE fund_vote SET quorum = 0, step = 1",
        "DELETE FROM fund_vote", "UPDATE fund_vote_option SET cost = 1",
        "DELETE FROM fund_vote_option", "DELETE FROM fund_vote_roll",
        "UPDATE fund_vote_roll SET voted = (1 = 0) WHERE voted",
        "UPDATE fund_vote_roll SET person_id = 1", "UPDATE fund_vote_roll SET name = 'x'",
        f"INSERT INTO fund_vote_roll (vote_id, name, voted) VALUES ({vote_id}, 'x', 1 = 0)",
        f"INSERT INTO fund_vote_option VALUES ({vote_id}, 9, 1, 'x', '', 5)",
    ):  # fmt: skip
        with pytest.raises(DBAPIError), node.db.write() as session:
            session.execute(text(statement))
    votes.over()
    actions.close(node, vote_id)
    for statement in ("UPDATE fund_vote_result SET shown = ''", "DELETE FROM fund_vote_result"):
        with pytest.raises(DBAPIError), node.db.write() as session:
            session.execute(text(statement))


@SQLITE
def test_no_way_leads_from_the_roll_to_a_ballot(votes: Votes, node: Node):
    """Ballots stand in one text for each vote, which every ballot writes anew; no table knows one
    by itself, nothing beside it tells when somebody voted, and what is written is told nowhere."""
    inspected = inspect(node.db.engine)
    names = [each for each in inspected.get_table_names() if each.startswith("fund_vote")]
    columns = {name: {each["name"] for each in inspected.get_columns(name)} for name in names}
    assert columns["fund_vote_urn"] == {"vote_id", "sealed"}
    assert columns["fund_vote_urn"] & columns["fund_vote_roll"] == {"vote_id"}
    roll = Base.metadata.tables["fund_vote_roll"]
    assert not [each for each in roll.c if "DATE" in str(each.type).upper()]
    for name, table in Base.metadata.tables.items():
        aims = {key.column.table.name for key in table.foreign_keys}
        assert not aims & {"fund_vote_urn", "fund_vote_roll"}, name
    vote_id = votes.opened()
    with node.db.read() as session:
        before = {
            name: session.scalar(text(f'SELECT count(*) FROM "{name}"'))
            for name in inspected.get_table_names()
        }
        size = len(session.get_one(Urn, vote_id).sealed)
    votes.cast_all([[1, 2], [3]])
    with node.db.read() as session:
        after = {name: session.scalar(text(f'SELECT count(*) FROM "{name}"')) for name in before}
        assert after == before, "voting adds no row anywhere"
        sealed = session.get_one(Urn, vote_id).sealed
        assert len(sealed) == size
        assert "[[1,2]" not in sealed
        told = str(session.execute(select(AuditRecord.action, AuditRecord.details)).all())
        assert "cast" not in told


@SQLITE
def test_the_urn_does_not_know_in_which_order_ballots_came(votes: Votes, node: Node):
    ballots = [[2], [1, 3], [], [2], [1]]
    urns = []
    for order in (ballots, ballots[::-1], sorted(ballots)):
        vote_id = votes.opened()
        votes.cast_all(order)
        with node.db.read() as session:
            urns.append(sorted(urn_of(node, session, vote_id).items()))
    assert urns[0] == urns[1] == urns[2]


def test_an_officer_ticks_off_and_enters_paper_and_nobody_votes_twice(votes: Votes, node: Node):
    alice, officer = votes.cast.person("alice").id, votes.keeper
    vote_id = votes.opened(names=["alice@example.com", "김순자"])
    with node.db.read() as session:
        (soonja,) = queries.on_roll(session, vote_id, "김")
        (found,) = queries.on_roll(session, vote_id, "앨리")

    def enter(*chosen: int, code: str = "") -> None:
        with node.db.write() as session:
            actions.enter_paper(node, session, vote_id, chosen, officer_id=officer, code=code)

    def tick(voter_id: int) -> None:
        with node.db.write() as session:
            actions.tick_off(node, session, vote_id, voter_id, officer_id=officer)

    with pytest.raises(Refused):
        enter(1)
    tick(soonja.id)
    tick(found.id)
    with pytest.raises(Refused):
        tick(soonja.id)
    with pytest.raises(Refused), node.db.write() as session:
        actions.cast_as_member(node, session, vote_id, alice, [1])
    enter(1)
    enter(2, code=votes.codes[0].lower())
    with pytest.raises(Refused), node.db.write() as session:
        actions.cast_by_code(node, session, votes.codes[0], [1])
    votes.codes = votes.codes[1:]
    votes.cast_all([[1], [2], [3]])
    votes.over()
    enter()
    actions.close(node, vote_id)
    told = votes.told(vote_id)
    assert (told["ballots"], told["voted"], told["paper"], told["blank"]) == (6, 6, 3, 1)
    with node.db.read() as session:
        assert [tuple(each)[1:] for each in queries.desk_log(session, vote_id)] == [(2, 3)]


def test_papers_of_people_ticked_off_are_waited_for(votes: Votes, node: Node):
    vote_id = votes.opened(names=["김순자"])
    votes.cast_all([[1]] * 6)
    with node.db.write() as session:
        (soonja,) = queries.on_roll(session, vote_id, "김")
        actions.tick_off(node, session, vote_id, soonja.id, officer_id=votes.keeper)
    votes.over()
    with node.db.read() as session:
        jobs = dict(session.execute(select(Job.kind, Job.payload)).all())
    actions.WORK["fund.close_vote"](node, jobs["fund.close_vote"])
    assert vote_of(node, vote_id).state == "open"
    with pytest.raises(Refused):
        actions.close(node, vote_id)
    actions.close(node, vote_id, without_missing=True)
    told = votes.told(vote_id)
    assert (told["ballots"], told["voted"], told["missing"]) == (6, 7, 1)
    assert told["decided"]


@SQLITE
def test_below_the_quorum_nothing_is_decided_and_of_very_few_nothing_is_shown(
    votes: Votes, node: Node
):
    few = votes.counted([[1], [2], [1], [1]])
    told = votes.told(few)
    assert not told["decided"]
    assert "rules" not in told
    with pytest.raises(NotFound), node.db.read() as session:
        queries.files_of(session, few)
    with pytest.raises(Refused), node.db.write() as session:
        actions.bind(node, session, few, actor_id=votes.keeper)
    # 501 per mille of 12 are 7.
    short = votes.counted([[1]] * 6, quorum_kind="permille", quorum=501)
    assert (votes.told(short)["needed"], votes.told(short)["decided"]) == (7, False)
    enough = votes.counted([[1]] * 7, quorum_kind="permille", quorum=501)
    assert votes.told(enough)["decided"]


@SQLITE
def test_a_ballot_that_breaks_the_rules_is_refused_with_what_to_do(votes: Votes, node: Node):
    cases = [
        ({"form": "knapsack"}, [1, 2, 3], "200,000 won more"),
        ({"form": "limited", "least": 2, "most": 2}, [1], "from 2 to 2"),
        ({"form": "limited", "most": 2}, [1, 2, 3], "from 1 to 2"),
        ({"form": "ranking", "most": 2}, [3, 1, 2], "at most 2"),
        ({}, [9], "not on the ballot"),
        ({}, [1, 1], "twice"),
    ]
    for terms, chosen, said in cases:
        votes.opened(**terms)
        with pytest.raises(Invalid) as found, node.db.write() as session:
            actions.cast_by_code(node, session, votes.codes[0], chosen)
        assert said in str(found.value.fields["choices"][0])
        votes.cast_all([[]])  # and the code is not used up: a blank one goes in


@SQLITE
def test_one_votes_between_opening_and_closing_only(votes: Votes, node: Node):
    later = votes.clock.now() + timedelta(days=1)
    votes.opened(opens_at=later)
    with pytest.raises(Refused):
        votes.cast_all([[1]])
    votes.clock.set(later)
    votes.cast_all([[1]])
    votes.over()
    with pytest.raises(Refused), node.db.write() as session:
        actions.cast_by_code(node, session, votes.codes[1], [1])


@SQLITE
def test_members_are_those_of_the_opening_and_stay_counted_when_they_leave(
    votes: Votes, node: Node
):
    for name in ("alice", "gina", "charlie", "dana", "erin"):
        votes.cast.person(name)
    vote_id = votes.opened(electorate="members")
    late = votes.cast.person("frank").id
    with pytest.raises(Refused), node.db.write() as session:
        actions.cast_as_member(node, session, vote_id, late, [1])
    alice = votes.cast.person("alice").id
    with node.db.write() as session:
        actions.cast_as_member(node, session, vote_id, alice, [1])
        actions.forget_person(session, alice)
    with node.db.read() as session:
        part = queries.turnout(session, vote_id)
        assert (part.roll, part.voted) == (6, 1)
        assert queries.personal(session, alice)[0].rows == []


@SQLITE
def test_rolls_are_forgotten_ninety_days_after_the_count(votes: Votes, node: Node):
    vote_id = votes.counted([[1]] * 6, names=["김순자"])
    keeping = actions.KEEPINGS[0]
    votes.clock.advance(days=89)
    with node.db.write() as session:
        assert keeping.purge(session, keeping.before(votes.clock.now()), 100) == 0
    votes.clock.advance(days=2)
    with node.db.write() as session:
        assert keeping.purge(session, keeping.before(votes.clock.now()), 100) == 13
        assert keeping.purge(session, keeping.before(votes.clock.now()), 100) == 0
        left = session.execute(select(Voter.name, Voter.code_hash, Voter.person_id)).all()
        assert set(map(tuple, left)) == {("", None, None)}
        assert queries.turnout(session, vote_id).voted == 6


@SQLITE
def test_an_urn_whose_node_has_another_secret_is_not_read_as_empty(votes: Votes, node: Node):
    vote_id = votes.opened()
    with node.db.write() as session:
        session.execute(update(Urn).values(sealed="AAAA"))
    with pytest.raises(Refused):
        votes.cast_all([[1]])
    with node.db.read() as session:
        assert queries.turnout(session, vote_id).voted == 0
