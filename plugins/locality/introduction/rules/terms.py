"""Days: which charter is in force, and who is in office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo


class Dated(Protocol):
    """Something in force from a day on; the later ``id`` counts if two begin on one day."""

    @property
    def id(self) -> int: ...

    @property
    def in_force_on(self) -> date: ...


Version = TypeVar("Version", bound=Dated)


def in_force(versions: Sequence[Version], today: date) -> Version | None:
    """Return the version in force today, None if there is none yet."""
    begun = [each for each in versions if each.in_force_on <= today]
    return max(begun, key=lambda each: (each.in_force_on, each.id), default=None)


def is_over(ends_on: date | None, today: date) -> bool:
    """Say whether a term of office is over: its last day is still in office."""
    return ends_on is not None and ends_on < today


def today_in(now: datetime, zone: ZoneInfo) -> date:
    """Return the day that it is in the node's zone."""
    return now.astimezone(zone).date()
