"""Hours: rules without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core.errors import Invalid
from wizzle.plugins.board.volunteering import rules

SEOUL = ZoneInfo("Asia/Seoul")
NOW = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


@given(st.lists(st.tuples(st.integers(0, 480), st.integers(1, 720)), max_size=12))
def test_a_day_never_holds_more_than_eight_hours(asked):
    total = 0
    for minutes, lasted in asked:
        try:
            rules.check_minutes(minutes, total, lasted)
        except Invalid:
            assert minutes > lasted or total + minutes > rules.MOST_MINUTES
            continue
        total += minutes
    assert total <= rules.MOST_MINUTES


@pytest.mark.parametrize(
    ("starts", "lasts", "field"),
    [
        (-1, 2, "starts_at"),
        (24 * 400, 2, "starts_at"),
        (3, 0, "ends_at"),
        (3, -1, "ends_at"),
        (10, 6, "ends_at"),  # from seven in the evening past midnight in Seoul
    ],
)
def test_a_shift_lies_ahead_within_one_day(starts, lasts, field):
    begins = NOW + timedelta(hours=starts)
    plan = rules.Plan(begins, begins + timedelta(hours=lasts), 3)
    with pytest.raises(Invalid) as caught:
        plan.check(NOW, SEOUL)
    assert list(caught.value.fields) == [field]


def test_who_helps_is_reminded_the_evening_before_on_the_node_s_clock():
    at = datetime(2026, 12, 5, 1, 0, tzinfo=UTC)  # ten in the morning in Seoul
    assert rules.evening_before(at, SEOUL) == datetime(2026, 12, 4, 18, 0, tzinfo=SEOUL)
