"""Rules of shifts: times that can be borne, and the evening before by the clock on the wall."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core.errors import Invalid
from wizzle.plugins.assembly.shifts.rules import EVENING, Plan, days_between, evening_before

SEOUL = ZoneInfo("Asia/Seoul")
NOW = datetime(2026, 11, 23, tzinfo=UTC)
hours = st.integers(-200, 400).map(lambda n: NOW + timedelta(hours=n))


@given(hours, hours)
def test_a_shift_lies_ahead_ends_after_it_begins_and_fits_into_a_day(starts, ends):
    plan = Plan("나눔", starts, ends, 1)
    fine = starts > NOW and timedelta(0) < ends - starts <= timedelta(hours=16)
    if fine:
        plan.check(NOW)
    else:
        with pytest.raises(Invalid):
            plan.check(NOW)


@given(hours)
def test_the_reminder_comes_at_six_of_the_day_before_on_the_clock_of_the_place(starts):
    due = evening_before(starts, SEOUL)
    assert due.astimezone(SEOUL).time() == EVENING
    assert due.astimezone(SEOUL).date() == starts.astimezone(SEOUL).date() - timedelta(days=1)
    assert due < starts


@given(hours, hours)
def test_a_copied_shift_stands_on_the_same_hour_of_the_other_round_s_day(earlier, later):
    by = days_between(earlier, later, SEOUL)
    moved = Plan("나눔", earlier, earlier + timedelta(hours=1), 1).moved(by, 2)
    there = moved.starts_at.astimezone(SEOUL)
    assert there.time() == earlier.astimezone(SEOUL).time()
    assert there.date() == later.astimezone(SEOUL).date()
