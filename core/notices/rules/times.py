"""Hours of the day: when somebody is not to be disturbed, and when their digest is due."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def is_quiet(at: datetime, zone: ZoneInfo, from_: int, until: int) -> bool:
    """Say whether an instant lies in the quiet hours, which begin and end on whole hours of the
    zone and may go over midnight; the same hour twice means that there are none."""
    hour = at.astimezone(zone).hour
    if from_ <= until:
        return from_ <= hour < until
    return hour >= from_ or hour < until


def after_quiet(at: datetime, zone: ZoneInfo, from_: int, until: int) -> datetime:
    """Return the instant itself, or the end of the quiet hours that it lies in."""
    if not is_quiet(at, zone, from_, until):
        return at
    return next_hour(at, zone, until)


def next_hour(at: datetime, zone: ZoneInfo, hour: int) -> datetime:
    """Return the first instant after ``at`` at which it is ``hour`` o'clock in the zone."""
    day = at.astimezone(zone).date()
    for further in range(3):
        local = datetime.combine(day + timedelta(days=further), time(hour), zone)
        # By way of UTC: where clocks are put forward, an hour that is left out is told later.
        found = local.astimezone(UTC)
        if found > at:
            return found
    raise AssertionError("there is no such hour in three days")
