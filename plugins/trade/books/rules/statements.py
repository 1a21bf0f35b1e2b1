"""Statements of a month between two nodes: what they say, and whether both books say the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from .....core.errors import Refused
from ...orders.rules.bundles import digest

MOST_EVENTS = 5_000
_ZONES = timedelta(hours=14)
"""By so much a day begins earlier or later elsewhere."""
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


def period(month: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return when a month ("2026-11") begins and ends in a time zone.

    >>> period("2026-12", ZoneInfo("Asia/Seoul"))[1].isoformat()
    '2027-01-01T00:00:00+09:00'
    """
    found = _MONTH.fullmatch(month)
    if found is None:
        raise Refused("A month is written like 2026-11.")
    year, number = int(found[1]), int(found[2])
    after = (year + 1, 1) if number == 12 else (year, number + 1)
    return datetime(year, number, 1, tzinfo=zone), datetime(*after, 1, tzinfo=zone)


def lies_in(month: str, begins: datetime, ends: datetime) -> bool:
    """Say whether a period begins with a month and does not go on beyond it, in whichever zone.

    >>> lies_in("2026-12", *period("2026-12", ZoneInfo("Asia/Seoul")))
    True
    """
    first, last = period(month, ZoneInfo("UTC"))
    return abs(begins - first) <= _ZONES and ends <= last + _ZONES


def month_of(at: datetime, zone: ZoneInfo) -> str:
    """Return the month of a moment."""
    return f"{at.astimezone(zone):%Y-%m}"


def month_before(month: str) -> str:
    """Return the month before.

    >>> month_before("2026-01")
    '2025-12'
    """
    year, number = int(month[:4]), int(month[5:])
    return f"{year - 1}-12" if number == 1 else f"{year}-{number - 1:02}"


@dataclass(frozen=True, slots=True)
class Books:
    """One node's book of a period: what it owes the other at the beginning, and every event's
    id with the won that it owes more by it."""

    opening: int
    events: tuple[tuple[str, int], ...]

    @property
    def closing(self) -> int:
        return self.opening + sum(amount for _, amount in self.events)

    @property
    def mark(self) -> str:
        """The digest of all of it."""
        return digest([self.opening, sorted([list(event) for event in self.events]), self.closing])

    def mirrored(self) -> Books:
        """Return the same from the other side."""
        return Books(-self.opening, tuple((id_, -amount) for id_, amount in self.events))


OPENING = "opening"
"""Stands among differing ids if what was owed at the beginning is not the same."""


def differing(ours: Books, theirs: Books) -> list[str]:
    """Return the ids on which two books differ, theirs given from their side; empty if none."""
    mirrored = theirs.mirrored()
    mine, other = dict(ours.events), dict(mirrored.events)
    ids = sorted(id_ for id_ in {*mine, *other} if mine.get(id_) != other.get(id_))
    return [*([OPENING] if ours.opening != mirrored.opening else []), *ids]


def issues(host: str, other: str) -> bool:
    """Say which of two nodes states the month without being asked: one of them does."""
    return host < other
