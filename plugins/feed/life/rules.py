"""Months, and what a year comes to: pure, from the lines of one person."""

from __future__ import annotations

import re
from calendar import Calendar
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ....core.answers import Joined
from ....core.values import Message

FIRST, LAST = 2000, 2100
"""The years that can be looked at."""

MOST_MOMENTS = 12

_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02d}"

    @classmethod
    def read(cls, text: str) -> Month | None:
        """Return the month of a text such as 2026-11, None for any other text."""
        found = _MONTH.fullmatch(text)
        return cls(int(found[1]), int(found[2])) if found else None

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    def later(self, months: int) -> Month:
        """Return the month so many months later."""
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, number + 1)

    def begins(self, zone: ZoneInfo) -> datetime:
        """Return the instant in which it begins."""
        return datetime(self.year, self.number, 1, tzinfo=zone)

    def weeks(self) -> list[list[date]]:
        """Return its weeks from Sunday on, with the days before and after it."""
        return Calendar(firstweekday=6).monthdatescalendar(self.year, self.number)


@dataclass(frozen=True, slots=True)
class Line:
    """Something that somebody took part in, on its day."""

    joined: Joined
    day: date

    @property
    def spent(self) -> timedelta:
        """How long they gave their time."""
        ends = self.joined.ends_at
        if not self.joined.gave or ends is None:
            return timedelta()
        return max(ends - self.joined.starts_at, timedelta())


@dataclass(frozen=True, slots=True)
class Number:
    """How often somebody did something of a kind."""

    kind: Message
    times: int


@dataclass(frozen=True, slots=True)
class Year:
    """What a year comes to: how often of each kind, the often ones first; how many days there was
    something, and hours given; how much in each month; and the first of each kind."""

    numbers: Sequence[Number]
    days: int
    hours: int
    months: Sequence[int]
    moments: Sequence[Line]

    @property
    def is_empty(self) -> bool:
        return not self.numbers


def lines_of(found: Iterable[Joined], zone: ZoneInfo) -> list[Line]:
    """Return lines on their days, the earliest first."""
    lines = [Line(each, each.starts_at.astimezone(zone).date()) for each in found]
    return sorted(lines, key=lambda line: (line.joined.starts_at, str(line.joined.title)))


def by_day(lines: Iterable[Line]) -> dict[date, list[Line]]:
    """Return lines by their day."""
    found: dict[date, list[Line]] = {}
    for line in lines:
        found.setdefault(line.day, []).append(line)
    return found


def looked_back(lines: Sequence[Line]) -> Year:
    """Return what a year of these lines comes to; half hours given count up to whole ones at the
    end, not one by one."""
    times = Counter(line.joined.kind.text for line in lines)
    kinds = {line.joined.kind.text: line.joined.kind for line in lines}
    spent = sum((line.spent for line in lines), timedelta())
    months = Counter(line.day.month for line in lines)
    firsts: dict[str, Line] = {}
    for line in lines:
        firsts.setdefault(line.joined.kind.text, line)
    return Year(
        numbers=[Number(kinds[text], count) for text, count in times.most_common()],
        days=len({line.day for line in lines}),
        hours=round(spent.total_seconds() / 3600),
        months=[months[number] for number in range(1, 13)],
        moments=list(firsts.values())[:MOST_MOMENTS],
    )
