"""When a standing order is due, what fits, and how a sentence is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core.values import At, Message
from wizzle.plugins.market.catalog.rules import check_quantity
from wizzle.plugins.market.standing.rules import (
    EVERY,
    fitting,
    is_due,
    is_too_dear,
    kept,
    next_days,
    problem_of,
    week_of,
)

days = st.dates(date(2026, 1, 1), date(2028, 1, 1))
every = st.sampled_from(EVERY)


@given(days, every, st.integers(0, 100), st.integers(0, 6))
def test_it_is_due_in_every_so_manieth_week_on_whatever_day_the_round_is(begins, every, week, day):
    on = week_of(begins) + timedelta(weeks=week, days=day)
    assert is_due(begins, every, on) == (on >= begins and week % every == 0)


@given(days, every, st.lists(st.integers(0, 6), min_size=40, max_size=40))
def test_with_one_round_a_week_it_comes_as_often_as_was_said(begins, every, weekdays):
    rounds = [
        week_of(begins) + timedelta(weeks=week, days=day) for week, day in enumerate(weekdays)
    ]
    due = [on for on in rounds[1:] if is_due(begins, every, on)]
    assert len(due) == len([week for week in range(1, 40) if week % every == 0])
    assert len({week_of(on) for on in due}) == len(due)


@given(days, every, days, st.integers(1, 8), st.sets(st.integers(0, 30)), st.integers(0, 40))
def test_the_next_days_are_due_ones_that_nothing_stands_against(
    begins, every, today, number, done_weeks, away_days
):
    done = {week_of(today) + timedelta(weeks=week) for week in done_weeks}
    away = [(today + timedelta(days=3), today + timedelta(days=3 + away_days))]
    found = next_days(begins, every, today, done=done, away=away, number=number)
    assert len(found) == number
    assert found == sorted(set(found))
    for day in found:
        assert is_due(begins, every, day)
        assert day >= today
        assert week_of(day) not in done
        assert not away[0][0] <= day <= away[0][1]


@given(
    st.integers(1, 500), st.integers(0, 500), st.integers(1, 20), st.integers(1, 10),
    st.integers(0, 40),
)  # fmt: skip
def test_what_fits_can_be_ordered_and_nothing_more_could(more, left, minimum, step, steps):
    wanted = minimum + steps * step
    found = fitting(wanted, left, minimum, step)
    assert 0 <= found <= min(wanted, left)
    if found:
        check_quantity(found, minimum, step)
        assert found + step > min(wanted, left)
    else:
        assert min(wanted, left) < minimum


@pytest.mark.parametrize(
    ("agreed", "price", "dear"), [(1000, 1200, False), (1000, 1201, True), (1000, 10, False)]
)
def test_a_fifth_more_is_still_what_was_agreed(agreed, price, dear):
    assert is_too_dear(agreed, price) is dear


def test_a_sentence_is_kept_with_the_sentences_in_it():
    at = At(datetime(2026, 11, 25, 3, tzinfo=UTC), ZoneInfo("Asia/Seoul"))
    inner = Message("At least %(least)s.", {"least": 3})
    message = Message(
        "%(name)s: %(problem)s %(time)s", {"name": "감자", "problem": inner, "time": at}
    )
    columns = kept(message)
    assert problem_of(columns["problem"], columns["values"]) == message
    nothing = kept(None)
    assert problem_of(nothing["problem"], nothing["values"]) is None
