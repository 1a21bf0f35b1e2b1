"""Weeks and months over which numbers are added up: one query, one number for each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, case

WEEK, MONTH = "week", "month"


@dataclass(frozen=True, slots=True)
class Periods:
    """Neighbouring spans of time: ``bounds`` are the instant at which each begins, in rising order,
    and last that at which the last one ends."""

    bounds: tuple[datetime, ...]

    @property
    def since(self) -> datetime:
        return self.bounds[0]

    @property
    def until(self) -> datetime:
        return self.bounds[-1]

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def within(self, at: Any) -> ColumnElement[bool]:
        """Return the condition that a column of instants lies in one of the periods."""
        condition: ColumnElement[bool] = (at >= self.since) & (at < self.until)
        return condition

    def number(self, at: Any) -> ColumnElement[int]:
        """Return, as a column, which period an instant lies in; from 0."""
        ends = [(at < end, place) for place, end in enumerate(self.bounds[1:-1])]
        last = len(self) - 1
        return case(*ends, else_=last) if ends else case((at.is_not(None), 0), else_=0)

    def filled(self, rows: Iterable[Sequence[Any]]) -> tuple[int, ...]:
        """Return one number for each period from rows that begin with its number and an amount."""
        found = [0] * len(self)
        for row in rows:
            found[int(row[0])] += int(row[1] or 0)
        return tuple(found)

    def place(self, at: datetime) -> int:
        """Return which period an instant lies in."""
        return min(max(bisect_right(self.bounds, at) - 1, 0), len(self) - 1)


def weeks(now: datetime, zone: ZoneInfo, count: int) -> Periods:
    """Return the last ``count`` weeks, from Monday to Monday, this one being the last."""
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    days = [monday + timedelta(weeks=number) for number in range(1 - count, 2)]
    return Periods(tuple(_begin(day, zone) for day in days))


def months(now: datetime, zone: ZoneInfo, count: int) -> Periods:
    """Return the last ``count`` months, this one being the last."""
    today = now.astimezone(zone).date()
    first = today.year * 12 + today.month - 1
    numbers = range(first + 1 - count, first + 2)
    days = [date(number // 12, number % 12 + 1, 1) for number in numbers]
    return Periods(tuple(_begin(day, zone) for day in days))


def _begin(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
