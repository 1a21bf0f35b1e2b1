"""The rule at a producer's cut-off, as pure arithmetic."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core.errors import Invalid, Refused
from wizzle.core.testing import MONDAY
from wizzle.plugins.assembly.cycles.rules import (
    Below,
    Ordered,
    Outcome,
    Terms,
    check_promise,
    decide,
    own_cut_off,
    part_cut_off,
)

won = st.integers(0, 5_000_000)
units = st.integers(0, 500)
belows = st.sampled_from(Below)
terms = st.builds(Terms, minimum_won=won, minimum_units=units, below=belows)
amounts = st.builds(Ordered, won, units)


@given(terms, amounts)
def test_what_reaches_the_minimum_always_comes(asked: Terms, ordered: Ordered) -> None:
    if ordered.won >= asked.minimum_won and ordered.units >= asked.minimum_units:
        assert decide(asked, ordered) is Outcome.CONFIRMED
    else:
        assert decide(asked, ordered).value[:5] == asked.below.value[:5].replace("carry", "carri")


@given(terms, amounts, won, units)
def test_more_orders_never_make_it_worse(
    asked: Terms, ordered: Ordered, more_won: int, more_units: int
) -> None:
    if decide(asked, ordered) is Outcome.CONFIRMED:
        more = Ordered(ordered.won + more_won, ordered.units + more_units)
        assert decide(asked, more) is Outcome.CONFIRMED


@given(belows, amounts)
def test_without_a_minimum_everything_comes(below: Below, ordered: Ordered) -> None:
    assert decide(Terms(below=below), ordered) is Outcome.CONFIRMED


@given(terms, terms, amounts)
def test_terms_with_orders_only_become_kinder(before: Terms, after: Terms, have: Ordered) -> None:
    try:
        check_promise(before, after)
    except Refused:
        return
    if decide(before, have) is Outcome.CONFIRMED:
        assert decide(after, have) is Outcome.CONFIRMED
    if decide(after, have) is not Outcome.CONFIRMED:
        assert decide(after, have) is decide(before, have)


hours = st.integers(1, 500)


@given(st.integers(0, 1000), hours, hours)
def test_an_own_cut_off_keeps_its_distance_or_goes(own: int, length: int, gap: int) -> None:
    before = MONDAY + timedelta(hours=1000)
    cut_off = before - timedelta(hours=own)
    opens = MONDAY + timedelta(days=100)
    after = opens + timedelta(hours=length)
    moved = own_cut_off(cut_off, before, opens, after)
    if moved is None:
        assert own == 0 or own >= length
    else:
        assert opens < moved < after
        assert after - moved == before - cut_off


def test_an_own_cut_off_never_outlives_that_of_the_round() -> None:
    later = MONDAY + timedelta(days=1)
    assert part_cut_off(later, MONDAY) == MONDAY
    assert part_cut_off(MONDAY, later) == MONDAY
    assert part_cut_off(None, later) == later


def test_terms_have_to_fit_into_the_round() -> None:
    end = MONDAY + timedelta(days=2)
    Terms(cut_off=end, minimum_won=1).check(MONDAY, end)
    for wrong, field in (
        (Terms(cut_off=end + timedelta(minutes=1)), "cut_off"),
        (Terms(cut_off=MONDAY), "cut_off"),
        (Terms(minimum_won=-1), "minimum_won"),
        (Terms(minimum_units=10**6), "minimum_units"),
    ):
        with pytest.raises(Invalid) as caught:
            wrong.check(MONDAY, end)
        assert set(caught.value.fields) == {field}
