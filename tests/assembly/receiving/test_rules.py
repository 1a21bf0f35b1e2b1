"""Sharing a shortage: everyone alike, nobody beyond their wish, and the same whoever reckons."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wizzle.plugins.assembly.receiving.rules import Claim, in_kg, lot, seed_of, share_out

CLAIMS = st.lists(
    st.builds(Claim, st.just(""), st.integers(0, 12), st.booleans()), max_size=12
).map(lambda each: [Claim(f"order-{n}", c.wanted, c.whole) for n, c in enumerate(each)])
SEEDS = st.sampled_from([seed_of("cycle:1", product, ["a", "b"]) for product in range(5)])
CAME = st.integers(0, 80)


@given(CAME, CLAIMS, SEEDS)
def test_all_that_came_is_dealt_unless_all_or_nothing_prevents_it(
    came: int, claims: list[Claim], seed: str
) -> None:
    dealt = share_out(came, claims, seed)
    given_out, wanted = sum(dealt.values()), sum(claim.wanted for claim in claims)
    assert given_out <= min(came, wanted)
    refused = [claim for claim in claims if claim.whole and dealt[claim.uid] < claim.wanted]
    if not refused:
        assert given_out == min(came, wanted)
    # What is left would not have been enough for any of them.
    assert all(came - given_out < claim.wanted for claim in refused)
    if given_out < min(came, wanted):
        assert refused
        assert all(dealt[c.uid] == c.wanted for c in claims if c not in refused)


@given(CAME, CLAIMS, SEEDS)
def test_nobody_gets_more_than_they_ordered_and_all_or_nothing_is_kept(
    came: int, claims: list[Claim], seed: str
) -> None:
    dealt = share_out(came, claims, seed)
    assert dealt.keys() == {claim.uid for claim in claims}
    for claim in claims:
        assert 0 <= dealt[claim.uid] <= claim.wanted
        if claim.whole:
            assert dealt[claim.uid] in (0, claim.wanted)


@given(CAME, CLAIMS, SEEDS)
def test_nobody_who_wanted_more_got_two_less_than_another(
    came: int, claims: list[Claim], seed: str
) -> None:
    dealt = share_out(came, claims, seed)
    for poor in claims:
        if poor.whole or dealt[poor.uid] == poor.wanted:
            continue
        # Who is not content has at most one unit less than anybody, and then the worse lot.
        for rich in claims:
            assert dealt[rich.uid] <= dealt[poor.uid] + 1
            if dealt[rich.uid] == dealt[poor.uid] + 1 and not rich.whole:
                assert lot(seed, rich.uid) < lot(seed, poor.uid)


@given(CAME, CLAIMS, SEEDS, st.randoms(use_true_random=False))
def test_the_result_hangs_on_nothing_but_the_seed(
    came: int, claims: list[Claim], seed: str, random: object
) -> None:
    shuffled = list(claims)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert share_out(came, shuffled, seed) == share_out(came, claims, seed)


@given(CAME, CLAIMS, SEEDS)
def test_one_more_takes_from_nobody_who_takes_less(
    came: int, claims: list[Claim], seed: str
) -> None:
    plain = [Claim(claim.uid, claim.wanted) for claim in claims]
    before, after = share_out(came, plain, seed), share_out(came + 1, plain, seed)
    assert all(before[uid] <= after[uid] for uid in before)


def test_seven_among_three_who_want_five() -> None:
    seed = seed_of("cycle:12", 5, ["b", "a", "c"])
    dealt = share_out(7, [Claim(uid, 5) for uid in "abc"], seed)
    assert sorted(dealt.values()) == [2, 2, 3]
    first = min("abc", key=lambda uid: lot(seed, uid))
    assert dealt[first] == 3


def test_a_wish_for_all_or_nothing_costs_nobody_else_anything() -> None:
    seed = seed_of("cycle:1", 1, ["a", "b"])
    claims = [Claim("a", 4, whole=True), Claim("b", 10)]
    assert share_out(6, claims, seed) == {"a": 0, "b": 6}
    assert share_out(8, claims, seed) == {"a": 4, "b": 4}
    assert share_out(0, claims, seed) == {"a": 0, "b": 0}


def test_the_seed_can_be_checked_by_hand() -> None:
    import hashlib

    text = "cycle:12\nproduct:5\nfirst\nsecond"
    assert seed_of("cycle:12", 5, ["second", "first"]) == hashlib.sha256(text.encode()).hexdigest()


def test_weights_are_told_without_idle_zeros() -> None:
    told = [in_kg(grams) for grams in (1_200, 120_000, 5, 1_234_000)]
    assert told == ["1.2", "120", "0.005", "1,234"]
