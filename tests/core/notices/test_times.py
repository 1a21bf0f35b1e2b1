"""Quiet hours and the hour of the digest, in any zone and on any day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizzle.core.answers import NoticeKind
from wizzle.core.notices.rules import (
    Plan,
    Situation,
    Times,
    Way,
    after_quiet,
    is_quiet,
    next_hour,
    plan,
    way_of,
)
from wizzle.core.values import Message

SEOUL = ZoneInfo("Asia/Seoul")
INSTANTS = st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
HOURS = st.integers(0, 23)
ZONES = st.sampled_from(["Asia/Seoul", "Europe/Berlin", "America/New_York"]).map(ZoneInfo)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 23, hour, minute, tzinfo=SEOUL).astimezone(UTC)


def kind(**more) -> NoticeKind:
    return NoticeKind("a.b", Message("t", {}), Message("t", {}), **more)


@given(INSTANTS, ZONES, HOURS, HOURS)
def test_what_waits_comes_at_the_end_of_the_quiet_hours_and_nothing_else_waits(
    now, zone, first, last
):
    free = after_quiet(now, zone, first, last)
    assert free >= now
    if is_quiet(now, zone, first, last):
        assert now < free <= now + timedelta(hours=26)  # a day can have 25 hours
        assert not is_quiet(free, zone, first, last) or free.astimezone(zone).hour != last
    else:
        assert free == now


@given(INSTANTS, HOURS, HOURS)
def test_in_korea_nothing_ever_comes_in_the_quiet_hours(now, first, last):
    assert not is_quiet(after_quiet(now, SEOUL, first, last), SEOUL, first, last)


@given(INSTANTS, HOURS)
def test_the_next_hour_is_the_next_one(now, hour):
    found = next_hour(now, SEOUL, hour)
    assert now < found <= now + timedelta(days=1)
    local = found.astimezone(SEOUL)
    assert (local.hour, local.minute) == (hour, 0)


@pytest.mark.parametrize(
    ("hour", "minute", "quiet"),
    [(20, 59, False), (21, 0, True), (23, 59, True), (0, 0, True), (7, 59, True), (8, 0, False)],
)
def test_from_nine_in_the_evening_to_eight_in_the_morning(hour, minute, quiet):
    assert is_quiet(at(hour, minute), SEOUL, 21, 8) is quiet


def planned(one: NoticeKind, now: datetime, *, way: Way | None = None, **more) -> Plan:
    times = more.pop("times", Times())
    until = more.pop("until", None)
    return plan(one, way or way_of(one), times, Situation(**more), now=now, zone=SEOUL, until=until)


def test_what_comes_at_once_waits_for_the_morning_and_what_one_did_oneself_does_not():
    assert planned(kind(default="now"), at(12)).mail_at == at(12)
    morning = at(8) + timedelta(days=1)
    assert planned(kind(default="now"), at(22)).mail_at == morning
    assert planned(kind(default="now"), at(22), times=Times(0, 0)).mail_at == at(22)
    assert planned(kind(default="now", essential=True), at(22)).mail_at == morning
    assert planned(kind(default="now", essential=True, urgent=True), at(22)).mail_at == at(22)


def test_what_would_come_too_late_does_not_come():
    closes = at(23)
    found = planned(kind(default="now"), at(22), until=closes, browser=True)
    assert found == Plan(on_bell=True, mail_at=None, push_at=None)


def test_the_digest_is_for_those_whose_address_is_proven():
    assert planned(kind(), at(12)).mail_at == at(8) + timedelta(days=1)
    assert planned(kind(), at(12), proven=False).mail_at is None
    assert planned(kind(), at(12), times=Times(digest=False)).mail_at is None


def test_what_is_essential_cannot_be_switched_off():
    off = Way(on_bell=False, mail="off", push=False)
    assert planned(kind(default="now", essential=True), at(12), way=off).mail_at == at(12)
    assert planned(kind(default="now"), at(12), way=off).mail_at is None
    daily = Way(on_bell=True, mail="daily", push=False)
    wished = planned(kind(default="now", essential=True), at(12), way=daily)
    assert wished.mail_at == at(8) + timedelta(days=1)
    none = planned(kind(default="now", essential=True), at(12), way=daily,
                   times=Times(digest=False))  # fmt: skip
    assert none.mail_at == at(12)


def _covers(first: int, last: int) -> bool:
    """Say whether these hours leave nothing of the day for advertising."""
    return all(is_quiet(at(hour), SEOUL, first, last) for hour in range(8, 21))


@given(INSTANTS, HOURS, HOURS)
def test_advertising_never_comes_at_night_nor_unasked(now, first, last):
    ad, night = kind(default="now", is_advertising=True), Times(first, last)
    assert planned(ad, now, browser=True) == Plan(on_bell=True, mail_at=None, push_at=None)
    found = planned(ad, now, times=night, agreed=True, browser=True)
    for each in (found.mail_at, found.push_at):
        # also not to whoever wants to be told everything else at any time
        assert (each is None) == _covers(first, last)
        assert each is None or not is_quiet(each, SEOUL, 21, 8)
        assert each is None or not is_quiet(each, SEOUL, first, last)


def test_push_needs_a_browser():
    assert planned(kind(default="now"), at(12)).push_at is None
    assert planned(kind(default="now"), at(12), browser=True).push_at == at(12)
    assert planned(kind(), at(12), browser=True).push_at is None  # what is daily startles nobody
