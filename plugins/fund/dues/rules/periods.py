"""Which periods are paid for, until when, and when somebody is reminded: days only, no clock."""

from __future__ import annotations

from datetime import date, timedelta

MONTH, YEAR, NEVER = "month", "year", "never"
EVERY = (MONTH, YEAR, NEVER)
LENGTH = {MONTH: 1, YEAR: 12}
"""Months of a period."""

GRACE = 14
"""Days that somebody has at least who has just become a member."""

MOST_BACK = 60
"""Periods that are made at most in one go."""

BEFORE, AFTER = 3, 1
"""Days before and after the last day of a due on which somebody is reminded."""

AGAIN = 3
"""Reminders a month apart after that; then nobody is written to any more."""

REMINDERS = 2 + AGAIN


def month_later(day: date, months: int) -> date:
    """Return the first day of the month so many months after that of ``day``."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def periods(since: date, today: date, every: str) -> list[date]:
    """Return the first days of the periods begun by ``today``, from the one that begins in the
    month of ``since``: each month, or each year from that month on."""
    if every == NEVER:
        return []
    found, number = list[date](), 0
    while (day := month_later(since, number * LENGTH[every])) <= today and number < MOST_BACK:
        found.append(day)
        number += 1
    return found


def due_on(period: date, day: int, joined: date) -> date:
    """Return the last day on which a due of this period is paid in time."""
    return max(period.replace(day=day), joined + timedelta(days=GRACE))


def reminder(due: date, number: int) -> date | None:
    """Return the day of a reminder, counted from 0; None after the last one."""
    if number == 0:
        return due - timedelta(days=BEFORE)
    if number < REMINDERS:
        return due + timedelta(days=AFTER + 30 * (number - 1))
    return None


def reminders_by(due: date, told: int, today: date) -> int:
    """Return how many reminders are behind once today's is told; those missed are not made up."""
    while (day := reminder(due, told)) is not None and day <= today:
        told += 1
    return told


def repay_on(left: date, year_ends: int, months: int) -> date:
    """Return when capital of somebody who leaves on this day is to be given back.

    It can be asked for from the business year after the one in which they left, as the by-laws
    say (협동조합기본법 제26조 제1항, 사회적협동조합 제89조 제1항): ``months`` after that begins.
    """
    years = left.year if left.month <= year_ends else left.year + 1
    return month_later(date(years, year_ends, 1), 1 + months)
