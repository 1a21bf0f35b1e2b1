"""When the rounds of a schedule open, close and are collected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EVERY = (1, 2, 4)
"""The weeks from one round of a schedule to the next."""

DRAFTED_BEFORE = timedelta(days=2)
"""How long before its opening a round is prepared, so that it can be looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """Days are counted back from the day of collection; times are those of the node's clock."""

    every: int
    collect_from: time
    collect_until: time
    opens_days: int
    opens_at: time
    cut_off_days: int
    cut_off_at: time


@dataclass(frozen=True, slots=True)
class Times:
    """The instants of one round."""

    opens_at: datetime
    cut_off: datetime
    collect_from: datetime
    collect_until: datetime


def days_of(rhythm: Rhythm, on: date, zone: ZoneInfo) -> Times:
    """Return the times of the round that is collected on this day."""

    def at(before: int, hour: time) -> datetime:
        return datetime.combine(on - timedelta(days=before), hour, tzinfo=zone)

    return Times(
        at(rhythm.opens_days, rhythm.opens_at),
        at(rhythm.cut_off_days, rhythm.cut_off_at),
        at(0, rhythm.collect_from),
        at(0, rhythm.collect_until),
    )


def next_date(rhythm: Rhythm, on: date) -> date:
    """Return the day of collection that follows."""
    return on + timedelta(weeks=rhythm.every)


def next_possible(rhythm: Rhythm, on: date, now: datetime, zone: ZoneInfo) -> date:
    """Return the first day from ``on`` whose round could still take orders now."""
    while days_of(rhythm, on, zone).cut_off <= now:
        on = next_date(rhythm, on)
    return on
