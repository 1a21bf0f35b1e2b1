"""Rules of events: who gets a place, on which days it comes again, until when one can cancel."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core.errors import Invalid
from wizzle.plugins.locality.events.rules import (
    MOST_DATES,
    Draft,
    Every,
    Party,
    Span,
    checked,
    days_of,
    evening_before,
    let_in,
    month_of,
    promoted,
    spans_of,
    weeks_of,
)
from wizzle.plugins.locality.events.rules.secrets import CONFIRM, OWN, is_secret, secret_of

SEOUL, PARIS = ZoneInfo("Asia/Seoul"), ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 23, tzinfo=UTC)
sizes = st.lists(st.integers(1, 6), max_size=12)
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(st.integers(1, 20), st.integers(0, 20), sizes)
def test_those_at_the_head_get_places_while_they_fit_and_nobody_is_overtaken(capacity, taken, line):
    taken = min(taken, capacity)
    parties = [Party(number, people) for number, people in enumerate(line)]
    found = promoted(capacity, taken, parties)
    assert list(found) == parties[: len(found)]
    assert taken + sum(party.people for party in found) <= capacity
    if len(found) < len(parties):  # whoever is next does not fit
        assert taken + sum(party.people for party in parties[: len(found) + 1]) > capacity


@given(st.integers(1, 20), st.integers(0, 20), st.integers(0, 3), st.integers(1, 6))
def test_whoever_comes_now_is_let_in_only_if_nobody_waits(capacity, taken, waiting, people):
    inside = let_in(capacity, taken, waiting, people)
    assert inside == (waiting == 0 and taken + people <= capacity)
    assert let_in(None, taken, waiting, people)


@given(days, st.sampled_from([Every.WEEK, Every.FORTNIGHT]), st.integers(0, 500))
def test_weeks_go_on_by_the_same_weekday(first, every, length):
    last = first + timedelta(days=length)
    found = days_of(first, every, last)
    step = 7 if every is Every.WEEK else 14
    assert found[0] == first
    assert len(found) <= MOST_DATES
    assert all(b - a == timedelta(days=step) for a, b in itertools.pairwise(found))
    assert found[-1] <= last
    assert len(found) == MOST_DATES or found[-1] + timedelta(days=step) > last


@given(days, st.integers(0, 23))
def test_months_keep_the_weekday_and_its_place_in_the_month(first, months):
    found = days_of(first, Every.MONTH, first + timedelta(days=31 * months))
    assert found[0] == first
    assert {day.weekday() for day in found} == {first.weekday()}
    assert len({(day.year, day.month) for day in found}) == len(found)
    week = (first.day - 1) // 7
    for day in found:
        if week < 4:
            assert (day.day - 1) // 7 == week
        else:  # the fifth of a weekday is taken for the last
            assert (day + timedelta(days=7)).month != day.month


def test_it_begins_at_the_same_hour_though_clocks_are_put_back():
    first = Span(datetime(2026, 10, 17, 10, tzinfo=PARIS), datetime(2026, 10, 17, 12, tzinfo=PARIS))
    spans = spans_of(first, Every.WEEK, date(2026, 11, 7), PARIS)
    assert len(spans) == 4
    assert {span.starts_at.astimezone(PARIS).hour for span in spans} == {10}
    assert {span.ends_at.astimezone(PARIS).hour for span in spans} == {12}


@given(st.integers(1, 5_000))
def test_the_reminder_comes_at_six_of_the_evening_before(hours):
    starts = NOW + timedelta(hours=hours)
    due = evening_before(starts, SEOUL).astimezone(SEOUL)
    assert due.hour == 18
    assert due.date() == starts.astimezone(SEOUL).date() - timedelta(days=1)


@given(st.text(max_size=12))
def test_a_month_that_is_nonsense_is_this_one(text):
    today = date(2026, 11, 23)
    found = month_of(text, today)
    assert found.day == 1
    assert abs((found - today).days) < 830
    shown = [day for week in weeks_of(found) for day in week if day]
    assert shown[0] == found
    assert all(len(week) == 7 for week in weeks_of(found))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": "  "}, "title"),
        ({"place": ""}, "place"),
        ({"online_url": "javascript:alert(1)"}, "online_url"),
        ({"online_url": "http://plain.example"}, "online_url"),
        ({"capacity": 3, "most_people": 4}, "most_people"),
    ],
)
def test_what_says_too_little_or_leads_astray_is_not_taken(said, field):
    with pytest.raises(Invalid) as refused:
        checked(Draft(**{"title": "감자", "text": "", "place": "밭", **said}))
    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize(
    ("starts", "ends", "field"),
    [(-1, 1, "starts_at"), (1, 1, "ends_at"), (2, 1, "ends_at"), (1, 24 * 15, "ends_at"),
     (24 * 500, 24 * 500 + 1, "starts_at")],
)  # fmt: skip
def test_times_that_nobody_can_keep_are_not_taken(starts, ends, field):
    with pytest.raises(Invalid) as refused:
        Span(NOW + timedelta(hours=starts), NOW + timedelta(hours=ends)).check(NOW)
    assert list(refused.value.fields) == [field]


@given(st.integers(1, 9_999), st.integers(1, 9_999))
def test_a_link_opens_only_what_it_was_made_for(one, other):
    secret = secret_of("key", OWN, one, NOW)
    assert is_secret(secret, "key", OWN, one, NOW)
    assert not is_secret(secret, "key", CONFIRM, one, NOW)
    assert not is_secret(secret, "other", OWN, one, NOW)
    assert not is_secret(secret, "key", OWN, one, NOW + timedelta(seconds=5))
    assert (one == other) == is_secret(secret, "key", OWN, other, NOW)
