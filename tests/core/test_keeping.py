"""How long something is kept: in calendar months, and never a day less than the law wants."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core.answers import Keeping
from wizzle.core.values import Message, months_later

instants = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(
    lambda found: found.replace(tzinfo=UTC)
)
words = Message("x", {})


def keeping(**length):
    return Keeping("x", words, words, words, words, **length)


@pytest.mark.parametrize(
    ("begin", "months", "end"),
    [
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 60, "2029-02-28"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-01-31", -1, "2025-12-31"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-11-23", 0, "2026-11-23"),
    ],
)
def test_months_are_those_of_the_calendar(begin, months, end):
    found = months_later(datetime.fromisoformat(begin + "T09:30:00+00:00"), months)
    assert found == datetime.fromisoformat(end + "T09:30:00+00:00")


@given(instants, st.integers(-600, 600))
def test_another_month_is_never_more_than_three_days_off(instant, months):
    found = months_later(instant, months)
    assert (found.year * 12 + found.month) - (instant.year * 12 + instant.month) == months
    assert 0 <= instant.day - found.day <= 3
    assert found.time() == instant.time()


@given(instants, st.integers(0, 120))
def test_nothing_is_destroyed_before_its_months_are_over(now, months):
    kept = keeping(months=months)
    before = kept.before(now)
    assert before is not None
    assert kept.until(before) <= now  # the newest that is destroyed was over by then
    assert kept.until(before + timedelta(days=4)) > now


@given(instants, st.integers(0, 4_000))
def test_nothing_is_destroyed_before_its_days_are_over(now, days):
    kept = keeping(days=days)
    before = kept.before(now)
    assert before is not None
    assert kept.until(before) == now


def test_what_no_time_ends_is_left_to_what_ends_it():
    assert keeping().before(datetime(2026, 1, 1, tzinfo=UTC)) is None
