"""What holds of every vote, whatever is on its ballots and in whatever order they come."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from math import log2

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wizzle.core.errors import Invalid
from wizzle.plugins.fund.ballots.rules import (
    FEWEST,
    FORMS,
    Choice,
    bundle,
    check_ballot,
    codes,
    election_of,
    needed,
    on_paper,
    tally,
    urn,
)
from wizzle.plugins.fund.counting.rules import as_json_text, equal_shares, greedy, read

BALLOTS = st.lists(
    st.tuples(st.lists(st.integers(1, 5), unique=True, max_size=5).map(tuple), st.booleans()),
    max_size=12,
)
COSTS = st.lists(st.integers(1, 400), min_size=5, max_size=5)


def filled(ballots: list[tuple[tuple[int, ...], bool]]) -> urn.Urn:
    """Put ballots into an urn one after the other, each time through its text."""
    text = b""
    for ballot in ballots:
        held = urn.read(text)
        held[ballot] += 1
        text = urn.written(held)
    return urn.read(text)


@given(BALLOTS, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_an_urn_holds_what_was_put_in_and_not_in_which_order(ballots, random):
    shuffled = list(ballots)
    random.shuffle(shuffled)
    held = filled(ballots)
    assert held == Counter(ballots)
    assert urn.written(held) == urn.written(filled(shuffled))
    assert len(urn.written(held)) % urn.BLOCK == 0


@given(BALLOTS, COSTS, st.integers(0, 900), st.sampled_from(FORMS), st.sampled_from([None, 3]))
@settings(max_examples=60)
def test_what_a_vote_comes_to_can_be_paid_and_counted_again(ballots, costs, budget, form, support):
    choices = [Choice(number, f"제안 {number}", cost) for number, cost in enumerate(costs, 1)]
    election = election_of(choices, Counter(ballots), form=form, budget=budget, meta={})
    counted = tally(election, seed="씨앗", step=100, support=support)
    again = read(counted.ballots)
    for text, outcome in (
        (counted.shares, equal_shares(again, seed="씨앗", step=counted.step, support=support)),
        (counted.greedy, greedy(again, seed="씨앗")),
    ):
        assert as_json_text(again, outcome) + "\n" == text
    wanted = {ballot.voter: set(ballot.choices) for ballot in again.ballots}
    for text in (counted.shares, counted.greedy):
        told = json.loads(text)
        assert sum(costs[int(each) - 1] for each in told["winners"]) == told["cost"] <= budget
        for winner, paid in told["payments"].items():
            assert all(winner in wanted[voter] for voter in paid)
            if told["rule"] == "equal-shares":
                assert sum(map(Fraction, paid.values())) == costs[int(winner) - 1]
    for name, winners in counted.winners.items():
        assert counted.shown[name]["without"] == sum(
            1 for ballot, _ in ballots if not set(ballot) & set(winners)
        )
        for number, each in counted.shown[name]["projects"].items():
            assert (each["place"] > 0) == (int(number) in winners)
            assert each["votes"] == sum(int(number) in ballot for ballot, _ in ballots)


@given(st.lists(st.integers(1, 6), max_size=6), COSTS, st.sampled_from(FORMS), st.integers(0, 4),
       st.integers(1, 5), st.integers(1, 900))  # fmt: skip
@settings(max_examples=80)
def test_a_ballot_is_taken_only_as_the_form_allows(chosen, costs, form, least, most, budget):
    known = dict(enumerate(costs, 1))
    try:
        kept = check_ballot(form, chosen, known, least=least, most=most, budget=budget)
    except Invalid:
        assert chosen, "a blank ballot is always taken"
        return
    assert set(kept) == set(chosen) <= known.keys()
    assert len(kept) == len(chosen)
    assert kept == tuple(chosen) if form == "ranking" else kept == tuple(sorted(chosen))
    if kept and form in ("limited", "ranking"):
        assert (least if form == "limited" else 0) <= len(kept) <= most
    if form == "knapsack":
        assert sum(known[each] for each in kept) <= budget


def test_codes_are_long_easy_to_read_and_kept_as_what_the_secret_makes_of_them():
    assert log2(len(codes.ALPHABET)) * codes.LETTERS > 60
    assert not set("O0I1B8S5Z2GQ") & set(codes.ALPHABET)
    code = codes.ALPHABET[: codes.LETTERS]
    assert codes.read_code(f" {codes.shown_code(code).lower()} ") == code
    assert codes.digest("one secret", code) != codes.digest("another", code)
    assert code not in codes.digest("one secret", code)


def test_few_on_paper_are_not_told_apart():
    def of(paper: int, other: int):
        return Counter({((1,), True): paper, ((2,), False): other})

    assert on_paper(of(FEWEST, FEWEST), FEWEST) == {"ballots": FEWEST, "named": {"1": FEWEST}}
    assert on_paper(of(FEWEST, 0), FEWEST) is not None
    assert on_paper(of(FEWEST - 1, 9), FEWEST) is None
    assert on_paper(of(9, FEWEST - 1), FEWEST) is None


@pytest.mark.parametrize(
    ("kind", "quorum", "roll", "ballots"),
    [("none", 0, 100, 5), ("number", 3, 100, 5), ("number", 30, 100, 30),
     ("permille", 5, 1_000, 5), ("permille", 5, 10_001, 51), ("permille", 1_000, 12, 12)],
)  # fmt: skip
def test_a_quorum_is_never_rounded_down(kind, quorum, roll, ballots):
    assert needed(kind, quorum, roll) == ballots


def test_a_bundle_has_the_same_bytes_whatever_order_its_parts_are_named_in():
    said = {"title": "제안", "rules": "규칙", "rule": "greedy", "seed": "s", "commitment": "c",
            "step": 1, "support": 3}  # fmt: skip
    one = bundle(**said, files={"a": "1", "b": "2"})
    assert one == bundle(**said, files={"b": "2", "a": "1"})
    assert b"--support 3" in one
