"""What holds for volunteering whoever asks: shifts, hours, certificates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from ....core.answers import NoticeKind
from ....core.errors import Invalid
from ....core.values import Message

KIND = "volunteer_call"
"""How subjects name a call."""

MOST_PLACES = 99
MOST_SLOTS = 60
"""Shifts of one call."""

MOST_MINUTES = 480
"""Minutes a day that count for one person, over all organisations together: as the public portals
count them (VMS), and what is unpaid is not to become a day's work (자원봉사활동기본법 §2)."""

EVENING = time(18, 0)
"""When those who help the next day are reminded of it, on the node's clock."""

PORTAL_MONTHS = 3
"""Until when a portal takes hours after the day of the work (1365)."""

CALLS = NoticeKind(
    "board.call",
    Message("Calls for volunteers", {}),
    Message("An organisation that you follow looks for volunteers.", {}),
    order=66,
)
VOLUNTEERING = NoticeKind(
    "board.volunteering",
    Message("Where I volunteer", {}),
    Message(
        "A shift of yours is tomorrow, moved or called off, you got a place, or your hours are"
        " confirmed.",
        {},
    ),
    default="now",
    order=68,
)
KINDS = (CALLS, VOLUNTEERING)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an organisation looks for volunteers for."""

    title: str
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A shift as an organisation plans it."""

    starts_at: datetime
    ends_at: datetime
    places: int
    note: str = ""

    def check(self, now: datetime, zone: tzinfo) -> None:
        """Raise ``Invalid`` unless people can still sign up, and it ends on the day it begins:
        hours are counted by the day."""
        if self.starts_at <= now:
            raise Invalid({"starts_at": [Message("The shift must begin in the future.", {})]})
        if self.starts_at > now + timedelta(days=366):
            raise Invalid({"starts_at": [Message("At most a year ahead.", {})]})
        if self.ends_at <= self.starts_at:
            raise Invalid({"ends_at": [Message("The end must come after the beginning.", {})]})
        if day_of(self.ends_at, zone) != day_of(self.starts_at, zone):
            raise Invalid({"ends_at": [Message("A shift ends on the day on which it begins.", {})]})


def day_of(instant: datetime, zone: tzinfo) -> date:
    """Return the day for which the hours of a shift count."""
    return instant.astimezone(zone).date()


def minutes_between(starts_at: datetime, ends_at: datetime) -> int:
    """Return how long a shift lasts, in whole minutes, at most what counts in a day."""
    return min(MOST_MINUTES, int((ends_at - starts_at).total_seconds()) // 60)


def check_minutes(minutes: int, elsewhere: int, lasted: int) -> None:
    """Raise ``Invalid`` for more than a shift lasted, or more than a day may have in all.

    ``elsewhere``: what is confirmed of the same day already, wherever it was.
    """
    if minutes > lasted:
        raise Invalid(
            {"minutes": [Message("The shift lasted %(most)s minutes.", {"most": lasted})]}
        )
    left = max(0, MOST_MINUTES - elsewhere)
    if minutes > left:
        words = Message(
            "Eight hours a day count at most, wherever they were. %(left)s minutes are left of"
            " this day.",
            {"left": left},
        )
        raise Invalid({"minutes": [words]})


def evening_before(starts_at: datetime, zone: tzinfo) -> datetime:
    """Return when those who help are reminded of a shift."""
    return datetime.combine(day_of(starts_at, zone) - timedelta(days=1), EVENING, tzinfo=zone)


def hours_words(minutes: int) -> tuple[int, int]:
    """Return whole hours and the minutes that are left."""
    return divmod(minutes, 60)
