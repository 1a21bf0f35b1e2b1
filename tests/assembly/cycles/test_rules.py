"""The table of steps cannot be written wrongly, and times must follow each other."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core.errors import Invalid, Refused
from wizzle.plugins.assembly.cycles.rules import (
    STEPS,
    ImpossibleStep,
    State,
    Step,
    check_state,
    check_times,
    checked,
    cycle_of,
    next_collection,
    next_step,
    occasion,
    shown_state,
    why_closed,
)

NOON = datetime(2026, 11, 23, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("before", "after"),
    [(a, b) for a in State for b in State if b.place != a.place + 1],
)
def test_a_step_back_or_over_another_cannot_be_written(before: State, after: State) -> None:
    with pytest.raises(ImpossibleStep):
        Step(before, after, "Do it", "It is done.")


def test_a_step_that_is_not_explained_cannot_be_written() -> None:
    with pytest.raises(ImpossibleStep):
        Step(State.DRAFT, State.OPEN, "Open", "")


def test_a_table_with_a_gap_or_a_fork_cannot_be_written() -> None:
    whole = list(STEPS.values())
    with pytest.raises(ImpossibleStep, match="packed"):
        checked(step for step in whole if step.before is not State.PACKED)
    with pytest.raises(ImpossibleStep, match="two steps"):
        checked([*whole, whole[0]])


def test_the_steps_lead_from_the_draft_to_the_settlement_and_end_there() -> None:
    state, seen = State.DRAFT, [State.DRAFT]
    while (step := next_step(state)) is not None:
        state = step.after
        seen.append(state)
    assert seen == list(State)


@given(st.text(max_size=20))
def test_the_name_of_an_occasion_is_read_or_refused_but_never_breaks(text: str) -> None:
    number = cycle_of(text)
    assert number is None or occasion(number).split(":")[1].lstrip("0") == text[6:].lstrip("0")


@pytest.mark.parametrize("name", ["shop:1", "cycle:", "cycle:-1", "cycle:1x", "cycle:²", "12"])
def test_names_of_other_occasions_are_not_ours(name: str) -> None:
    assert cycle_of(name) is None
    assert cycle_of(occasion(12)) == 12


def test_each_time_that_comes_too_early_is_named() -> None:
    with pytest.raises(Invalid) as caught:
        check_times(NOON, NOON, NOON, NOON)
    assert set(caught.value.fields) == {"cut_off", "collect_from", "collect_until"}
    check_times(NOON, NOON + HOUR, NOON + 2 * HOUR, NOON + 3 * HOUR)


def test_the_clock_opens_and_closes_a_round() -> None:
    opens, cut_off = NOON, NOON + HOUR
    assert why_closed(State.DRAFT, opens, cut_off, NOON) is not None
    assert why_closed(State.OPEN, opens, cut_off, NOON - HOUR) is not None
    assert why_closed(State.OPEN, opens, cut_off, NOON) is None
    assert why_closed(State.OPEN, opens, cut_off, cut_off) is not None
    assert why_closed(State.CLOSED, opens, cut_off, NOON) is not None
    assert shown_state(State.OPEN, cut_off, NOON) is State.OPEN
    assert shown_state(State.OPEN, cut_off, cut_off) is State.CLOSED
    assert shown_state(State.PACKED, cut_off, NOON) is State.PACKED


def test_what_is_settled_says_so() -> None:
    with pytest.raises(Refused, match="settled"):
        check_state(State.SETTLED, frozenset({State.OPEN}))


@given(st.dates(date(2026, 1, 1), date(2036, 1, 1)), st.integers(0, 6))
def test_the_next_day_of_collection_is_that_weekday_within_a_week(day: date, weekday: int) -> None:
    found = next_collection(day, weekday)
    assert found.weekday() == weekday
    assert 0 <= (found - day).days < 7
