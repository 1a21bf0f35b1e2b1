"""What holds for shifts whoever asks: no session, no request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, tzinfo

from ....core.errors import Invalid
from ....core.values import Message

MOST = 99
"""The most places of one shift."""

LONGEST = timedelta(hours=16)
EVENING = time(18, 0)
"""When those who help the next day are reminded of it, on the node's clock."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A shift as its host describes it; ``cycle_id`` is the round for which it is."""

    title: str
    starts_at: datetime
    ends_at: datetime
    places: int
    remark: str = ""
    cycle_id: int | None = None

    def check(self, now: datetime) -> None:
        """Raise ``Invalid`` unless somebody can still sign up for it, and bear it."""
        if self.starts_at <= now:
            raise Invalid({"starts_at": [Message("The shift must begin in the future.", {})]})
        if self.ends_at <= self.starts_at:
            raise Invalid({"ends_at": [Message("The end must come after the beginning.", {})]})
        if self.ends_at - self.starts_at > LONGEST:
            raise Invalid({"ends_at": [Message("A shift lasts at most 16 hours.", {})]})

    def moved(self, by: timedelta, cycle_id: int | None) -> Plan:
        """Return the same shift at another time, for another round."""
        return replace(
            self, starts_at=self.starts_at + by, ends_at=self.ends_at + by, cycle_id=cycle_id
        )


def evening_before(starts_at: datetime, zone: tzinfo) -> datetime:
    """Return when those who help are reminded of a shift."""
    day = starts_at.astimezone(zone).date() - timedelta(days=1)
    return datetime.combine(day, EVENING, tzinfo=zone)


def days_between(earlier: datetime, later: datetime, zone: tzinfo) -> timedelta:
    """Return whole days from one to the other as calendars count them, for moving a shift."""
    first, last = (at.astimezone(zone).date() for at in (earlier, later))
    return last - first
