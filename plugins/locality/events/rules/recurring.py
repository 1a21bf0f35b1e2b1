"""The dates of an event that comes again: each week, every other week, each month by weekday."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import takewhile
from zoneinfo import ZoneInfo

from .plans import Span

MOST_DATES = 60
"""Dates that are made at once: those of a year, week by week, and a few."""


class Every(StrEnum):
    """How often an event comes again."""

    ONCE = ""
    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"


EVERY = tuple(each.value for each in Every)


def days_of(first: date, every: Every, last: date) -> Sequence[date]:
    """Return the days of an event from its first to ``last``, at most ``MOST_DATES``."""
    if every is Every.ONCE:
        return [first]
    steps = {Every.WEEK: 7, Every.FORTNIGHT: 14}
    days = _weekly(first, steps[every]) if every in steps else _monthly(first)
    within = takewhile(lambda day: day <= last, days)
    return [day for day, _ in zip(within, range(MOST_DATES), strict=False)]


def _weekly(first: date, step: int) -> Iterator[date]:
    day = first
    while True:
        yield day
        day += timedelta(days=step)


def _monthly(first: date) -> Iterator[date]:
    """Yield the second Tuesday of each month, say; the fifth of a weekday is taken for the last."""
    week = (first.day - 1) // 7
    year, month = first.year, first.month
    while True:
        yield _in_month(year, month, first.weekday(), week)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _in_month(year: int, month: int, weekday: int, week: int) -> date:
    begins_on, length = monthrange(year, month)
    day = 1 + (weekday - begins_on) % 7 + 7 * week
    return date(year, month, day if day <= length else day - 7)


def spans_of(first: Span, every: Every, last: date, zone: ZoneInfo) -> Sequence[Span]:
    """Return when an event takes place: each time at the same hours on the clock of the place."""
    begins, ends = first.starts_at.astimezone(zone), first.ends_at.astimezone(zone)
    nights = (ends.date() - begins.date()).days
    return [
        Span(
            datetime.combine(day, begins.time(), zone),
            datetime.combine(day + timedelta(days=nights), ends.time(), zone),
        )
        for day in days_of(begins.date(), every, last)
    ]
