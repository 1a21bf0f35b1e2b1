"""Counted again: votes of real cities give the projects that these cities carried out."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from support import elections
from support.not_run import not_run

from wizzle.plugins.fund.counting.rules import Election, cost_of, equal_shares, greedy, payments

Vote = Callable[[str], tuple[Election, frozenset[str]]]


@pytest.fixture(scope="session")
def vote() -> Vote:
    def read(name: str) -> tuple[Election, frozenset[str]]:
        try:
            return elections.election(name)
        except elections.Absent as absent:
            not_run("votes of real cities", str(absent))

    return read


@pytest.mark.parametrize(("name", "winners"), [
    ("poland_lodz_2024_", 14),
    ("poland_warszawa_2024_bemowo", 26),
    ("poland_warszawa_2024_mokotow", 23),
    ("poland_warszawa_2024_praga-poludnie", 17),
    ("poland_warszawa_2024_ursynow", 21),
])  # fmt: skip
def test_the_most_wanted_first_where_what_does_not_fit_is_passed_over(vote, name, winners):
    election, official = vote(name)
    counted = greedy(election)
    assert set(counted.ids) == official
    assert len(counted.winners) == winners


def test_the_most_wanted_first_until_one_does_not_fit(vote):
    election, official = vote("poland_wroclaw_2024_")
    assert set(greedy(election, skip=False).ids) == official
    assert len(official) == 7


def test_equal_shares_of_wieliczka(vote):
    election, official = vote("poland_wieliczka_2023_green-budget")
    counted = equal_shares(election)
    assert set(counted.ids) == official
    assert (len(counted.winners), counted.cost) == (30, 995_079)
    paid = payments(election, counted)
    approved = {ballot.voter: set(ballot.choices) for ballot in election.ballots}
    spent = dict.fromkeys(approved, Fraction(0))
    for project, voters in paid.items():
        assert sum(voters.values()) == election.by_id[project].cost
        for voter, amount in voters.items():
            assert project in approved[voter]
            spent[voter] += amount
    assert max(spent.values()) <= counted.share


def test_equal_shares_of_swiecie_where_a_project_needs_a_third_of_its_share_of_voters(vote):
    election, _ = vote("poland_swiecie_2023_")
    counted = equal_shares(election, support=3)
    assert (len(counted.winners), counted.cost) == (17, 1_040_337)
    assert "22" not in counted.ids
    assert [loser.project.id for loser in counted.losers if loser.barred]


def test_fewer_stand_with_empty_hands_than_under_the_other_rule(vote):
    election, _ = vote("poland_wieliczka_2023_green-budget")

    def empty(ids: tuple[str, ...]) -> float:
        without = sum(not set(ballot.choices) & set(ids) for ballot in election.ballots)
        return round(100 * without / len(election.ballots), 1)

    assert empty(greedy(election).ids) == 27.6
    assert empty(equal_shares(election).ids) == 17.8
    assert cost_of(winner.project for winner in greedy(election).winners) <= election.budget
