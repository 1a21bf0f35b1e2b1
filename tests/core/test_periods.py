"""Weeks and months: without a gap, in the time of the place, and one number for each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import literal, select

from wizzle.core.db import Instant
from wizzle.core.periods import months, weeks

SEOUL = ZoneInfo("Asia/Seoul")
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)


def test_weeks_begin_on_monday_at_midnight_of_the_place():
    found = weeks(NOW, SEOUL, 3)
    assert [str(each.date()) for each in found.bounds] == [
        "2026-11-09", "2026-11-16", "2026-11-23", "2026-11-30",
    ]  # fmt: skip
    assert {(each.hour, each.utcoffset()) for each in found.bounds} == {(0, timedelta(hours=9))}
    sunday = datetime(2026, 11, 22, 14, 59, tzinfo=UTC)
    assert found.place(sunday) == 1
    assert found.place(sunday + timedelta(minutes=1)) == 2


def test_months_go_over_the_year():
    found = months(datetime(2026, 1, 15, tzinfo=UTC), SEOUL, 3)
    assert [str(each.date()) for each in found.bounds] == [
        "2025-11-01", "2025-12-01", "2026-01-01", "2026-02-01",
    ]  # fmt: skip


@given(
    now=st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),
    count=st.integers(1, 60),
    make=st.sampled_from([weeks, months]),
    zone=st.sampled_from([SEOUL, ZoneInfo("Europe/Berlin")]),
)
def test_the_last_period_holds_now_and_each_is_as_long_as_it_should(now, count, make, zone):
    found = make(now, zone, count)
    assert len(found) == count
    assert found.bounds[-2] <= now < found.until
    assert list(found.bounds) == sorted(set(found.bounds))


def test_what_falls_outside_of_all_is_not_counted_and_empty_ones_are_nought():
    found = weeks(NOW, SEOUL, 3)
    assert found.filled([(0, 2), (2, None), (0, 1)]) == (3, 0, 0)


@pytest.mark.parametrize("count", [1, 2, 13])
def test_the_database_puts_each_instant_where_it_belongs(node, count):
    found = weeks(NOW, SEOUL, count)
    instants = [bound + offset for bound in found.bounds for offset in
                (timedelta(0), timedelta(seconds=-1))]  # fmt: skip
    with node.db.read() as session:
        for at in instants:
            place = literal(at.astimezone(UTC), Instant)
            row = session.execute(select(found.number(place), found.within(place))).one()
            inside = found.since <= at < found.until
            assert bool(row[1]) is inside
            if inside:
                assert row[0] == found.place(at)
