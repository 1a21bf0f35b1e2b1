"""Hours and months: when people are reminded, how long they can cancel, what a month shows."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, tzinfo

EVENING = time(18, 0)
"""When those who come the next day are reminded of it, on the node's clock."""


def evening_before(starts_at: datetime, zone: tzinfo) -> datetime:
    """Return when those who come are reminded."""
    day = starts_at.astimezone(zone).date() - timedelta(days=1)
    return datetime.combine(day, EVENING, tzinfo=zone)


def until_when(starts_at: datetime, cancel_hours: int) -> datetime:
    """Return until when one can give a place back by oneself."""
    return starts_at - timedelta(hours=cancel_hours)


def month_of(text: str, today: date) -> date:
    """Return the first day of the month that was asked for ("2026-12"), or of this one."""
    try:
        asked = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return asked if abs((asked - today).days) < 800 else today.replace(day=1)


def month_after(first: date, months: int = 1) -> date:
    """Return the first day of a month so many months later (earlier if below 0)."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


def weeks_of(first: date) -> Sequence[Sequence[date | None]]:
    """Return the weeks of a month from Sunday to Saturday, as calendars here have them; None for
    days of other months."""
    weeks = Calendar(firstweekday=6).monthdatescalendar(first.year, first.month)
    return [[day if day.month == first.month else None for day in week] for week in weeks]
