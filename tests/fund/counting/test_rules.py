"""What must hold of every count, shown on small votes of all shapes and beside a plain oracle."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wizzle.plugins.fund.counting.rules import (
    Ballot,
    Election,
    Project,
    TooManyRounds,
    commitment,
    cost_of,
    equal_shares,
    greedy,
    lots,
    payments,
    read,
    shares,
    write,
)

IDS = "가나다라마바"


@st.composite
def elections(draw: st.DrawFn) -> Election:
    ids = IDS[: draw(st.integers(1, 6))]
    costs = draw(st.lists(st.integers(1, 30), min_size=len(ids), max_size=len(ids)))
    projects = tuple(Project(each, cost) for each, cost in zip(ids, costs, strict=True))
    votes = draw(st.lists(st.lists(st.sampled_from(ids), unique=True), max_size=9))
    ballots = tuple(Ballot(str(n), tuple(vote)) for n, vote in enumerate(votes))
    return Election(draw(st.integers(0, 80)), projects, ballots)


def oracle(election: Election, share: Fraction, lot: dict[str, int]) -> list[str]:
    """Equal shares as one would write it down at once: every voter and every fraction by itself."""
    left = {ballot.voter: share for ballot in election.ballots}
    bought: list[str] = []
    while True:
        offers = []
        for project in election.projects:
            fans = [b.voter for b in election.ballots if project.id in b.choices]
            if project.id in bought or not fans or sum(left[f] for f in fans) < project.cost:
                continue
            most = min(pay for pay in _payments(sorted(left[f] for f in fans), project.cost))
            offers.append((most / project.cost, project.cost, -len(fans), lot[project.id],
                           project, most, fans))  # fmt: skip
        if not offers:
            return bought
        *_, project, most, fans = min(offers, key=lambda offer: offer[:4])
        bought.append(project.id)
        for fan in fans:
            left[fan] -= min(most, left[fan])


def _payments(purses: list[Fraction], cost: int) -> list[Fraction]:
    """Return every amount at which all pay the cost together, each that or all they have."""
    found = []
    for empty in range(len(purses)):
        pay = (cost - sum(purses[:empty], Fraction(0))) / (len(purses) - empty)
        if purses[empty] >= pay and (empty == 0 or purses[empty - 1] <= pay):
            found.append(pay)
    return found


@given(elections())
def test_one_count_is_that_of_the_plain_rule(election):
    counted = equal_shares(election, complete=False)
    if not election.ballots:
        assert counted.ids == ()
        return
    share = Fraction(election.budget, len(election.ballots))
    assert list(counted.ids) == oracle(election, share, lots(election.by_id, ""))


@given(elections(), st.integers(1, 7), st.sampled_from(["", "씨앗"]))
@settings(max_examples=60)
def test_completion_stops_only_before_too_much_is_spent(election, step, seed):
    counted = equal_shares(election, step=step, seed=seed)
    wanted = {project for ballot in election.ballots for project in ballot.choices}
    if not wanted or set(counted.ids) == wanted:
        return
    voters, lot = len(election.ballots), lots(election.by_id, seed)
    following = election.budget // voters + step * (counted.rounds + 1)
    more = oracle(election, Fraction(following), lot)
    assert cost_of(election.by_id[each] for each in more) > election.budget
    assert list(counted.ids) == oracle(election, counted.share, lot)


@given(elections())
def test_nobody_pays_for_what_they_did_not_want_and_all_is_paid_to_the_won(election):
    counted = equal_shares(election)
    paid = payments(election, counted)
    ballots = {ballot.voter: ballot.choices for ballot in election.ballots}
    spent = dict.fromkeys(ballots, Fraction(0))
    for winner in counted.winners:
        voters = paid[winner.project.id]
        assert sum(voters.values()) == winner.project.cost
        assert sum(each.amount * each.voters for each in winner.payments) == winner.project.cost
        for voter, amount in voters.items():
            assert winner.project.id in ballots[voter]
            spent[voter] += amount
    assert all(each <= counted.share for each in spent.values())
    for loser in counted.losers:
        fans = [voter for voter, choices in ballots.items() if loser.project.id in choices]
        assert loser.left == sum((counted.share - spent[fan] for fan in fans), Fraction(0))


@given(elections(), st.sampled_from(["equal-shares", "greedy", "greedy-stop"]))
def test_no_rule_spends_more_than_there_is_or_takes_what_nobody_wants(election, rule):
    counted = count(election, rule)
    assert counted.cost <= election.budget
    assert len(counted.winners) + len(counted.losers) == len(election.projects)
    assert all(winner.votes for winner in counted.winners)


def count(election: Election, rule: str):
    if rule == "equal-shares":
        return equal_shares(election)
    return greedy(election, skip=rule == "greedy")


@given(elections(), st.randoms(use_true_random=False))
def test_the_order_in_which_things_stand_in_the_file_plays_no_part(election, dice):
    projects, ballots = list(election.projects), list(election.ballots)
    dice.shuffle(projects)
    dice.shuffle(ballots)
    other = Election(election.budget, tuple(projects), tuple(ballots))
    for rule in ("equal-shares", "greedy"):
        first, second = count(election, rule), count(other, rule)
        assert first.winners == second.winners
        assert set(first.losers) == set(second.losers)
    assert equal_shares(read(write(election))).winners == equal_shares(election).winners


@given(st.integers(1, 40), st.integers(1, 5))
@example(10, 1)
def test_the_only_project_wins_if_it_can_be_paid(cost, voters):
    ballots = tuple(Ballot(str(n), ("가",)) for n in range(voters))
    election = Election(40, (Project("가", cost),), ballots)
    assert equal_shares(election).ids == greedy(election).ids == ("가",)


def test_a_tie_goes_to_the_cheaper_then_to_the_lot():
    ballots = (Ballot("1", ("가", "나", "다")),)
    election = Election(
        12,
        tuple(Project(each, cost) for each, cost in zip("가나다", (9, 6, 6), strict=True)),
        ballots,
    )
    drawn = {seed: greedy(election, seed=seed).ids for seed in map(str, range(20))}
    assert set(drawn.values()) == {("나", "다"), ("다", "나")}
    for seed, winners in drawn.items():
        lot = lots("가나다", seed)
        assert winners == tuple(sorted("나다", key=lot.__getitem__))


def test_the_seed_is_shown_by_its_digest_and_each_seed_draws_its_own_lots():
    assert commitment("씨앗") != commitment("씨앗 ")
    assert len(commitment("")) == 64
    orders = {tuple(sorted(IDS, key=lots(IDS, str(seed)).__getitem__)) for seed in range(30)}
    assert len(orders) > 20


def test_points_and_places_count_where_ballots_have_them():
    projects = (Project("가", 5), Project("나", 5))
    ballots = (Ballot("1", ("가", "나"), (1, 9)), Ballot("2", ("가",), (2,)))
    points = Election(5, projects, ballots, "cumulative")
    assert greedy(points).ids == ("나",)
    places = (Ballot("1", ("나", "가")), Ballot("2", ("가",)), Ballot("3", ("나",)))
    assert greedy(Election(5, projects, places, "ordinal")).ids == ("나",)


def test_a_step_too_small_for_the_money_ends_with_a_word(monkeypatch):
    monkeypatch.setattr(shares, "MOST_ROUNDS", 50)
    election = Election(1_000, (Project("가", 900), Project("나", 900)),
                        (Ballot("1", ("가",)), Ballot("2", ("나",))))  # fmt: skip
    with pytest.raises(TooManyRounds):
        equal_shares(election)
    assert equal_shares(election, step=100).cost == 0
