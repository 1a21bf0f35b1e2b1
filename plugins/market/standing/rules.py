"""When a standing order is due, what may still be made of it, and how a problem is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ....core.facts import OccasionOpened
from ....core.values import At, Message
from ..orders.rules import AT_COLLECTION, IfShort

ACTIVE, PAUSED, ENDED = "active", "paused", "ended"
MADE, SKIPPED, FAILED = "made", "skipped", "failed"
SKIP, SWAP = "skip", "swap"
EVERY = (1, 2, 4)
"""Weeks from one time to the next."""

MOST = 50
"""Standing orders that one person can have."""

MOST_HOLIDAYS = 20
_WEEK = timedelta(days=7)
_LOOKED = 60


@dataclass(frozen=True, slots=True)
class Opening:
    """An occasion that takes orders: at which hosts, and on which day it is collected."""

    occasion: str
    title: str
    host_ids: tuple[int, ...]
    on: date

    @classmethod
    def told(cls, fact: OccasionOpened) -> Opening:
        return cls(fact.occasion, fact.title, fact.host_ids, fact.collect_on)

    @classmethod
    def read(cls, payload: Mapping[str, Any]) -> Opening:
        hosts = tuple(int(host) for host in payload["host_ids"])
        on = date.fromisoformat(str(payload["on"]))
        return cls(str(payload["occasion"]), str(payload["title"]), hosts, on)

    @property
    def payload(self) -> dict[str, Any]:
        """The opening as a job keeps it."""
        return {
            "occasion": self.occasion,
            "title": self.title,
            "host_ids": list(self.host_ids),
            "on": self.on.isoformat(),
        }

    def key(self, host_id: int, payment: str = AT_COLLECTION) -> str:
        """Return the key of the one order that is made at this occasion, collected there and paid
        this way."""
        own = f"standing:{self.occasion}"
        there = own if host_id == self.host_ids[0] else f"{own}:{host_id}"
        return there if payment == AT_COLLECTION else f"{there}:{payment}"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a resident chooses of a standing order; ``payment`` None is as it was, else at
    collection."""

    quantity: int
    every: int
    if_short: IfShort
    payment: str | None = None


def week_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def is_due(begins_on: date, every: int, on: date) -> bool:
    """Say whether something wanted every so many weeks from ``begins_on`` is due on a day.

    Weeks are counted from Monday to Sunday, so that a round that is held on another day of its week
    still counts for that week; nothing is due before ``begins_on``.
    """
    weeks = (week_of(on) - week_of(begins_on)) // _WEEK
    return on >= begins_on and weeks % every == 0


def next_days(
    begins_on: date,
    every: int,
    today: date,
    *,
    done: Collection[date] = (),
    away: Iterable[tuple[date, date]] = (),
    number: int = 1,
) -> list[date]:
    """Return the next days on which it is due, on the weekday of ``begins_on``.

    ``done``: Mondays of weeks that do not count, ``away``: first and last days of holidays.
    """
    step, holidays = every * _WEEK, list(away)
    first = begins_on + max(0, -((begins_on - today) // step)) * step
    days = (first + turn * step for turn in range(_LOOKED))
    found = (
        day
        for day in days
        if day >= today
        and week_of(day) not in done
        and not any(from_on <= day <= until_on for from_on, until_on in holidays)
    )
    return [day for _, day in zip(range(number), found, strict=False)]


def is_too_dear(agreed: int, price: int) -> bool:
    """Say whether a price has risen by more than a fifth above the one that was agreed."""
    return price * 5 > agreed * 6


def fitting(wanted: int, left: int, minimum: int, step: int) -> int:
    """Return the most of ``wanted`` that is there and fits a product's minimum and step, else 0."""
    most = min(wanted, left)
    return most - (most - minimum) % step if most >= minimum else 0


def kept(message: Message | None) -> dict[str, Any]:
    """Return a sentence as two columns keep it: what was put into it may hold sentences."""
    if message is None:
        return {"problem": "", "values": {}}
    values = {name: _plain(value) for name, value in message.values.items()}
    return {"problem": message.text, "values": values}


def _plain(value: object) -> object:
    if isinstance(value, Message):
        return kept(value)
    if isinstance(value, At):
        return {"at": value.instant.isoformat(), "zone": value.zone.key}
    return value if isinstance(value, int) else str(value)


def problem_of(text: str, values: Mapping[str, Any]) -> Message | None:
    """Return the sentence that two columns keep, None if they keep none."""
    if not text:
        return None
    return Message(text, {name: _value(value) for name, value in values.items()})


def _value(value: Any) -> object:
    if not isinstance(value, dict):
        return value
    if "at" in value:
        return At(datetime.fromisoformat(value["at"]), ZoneInfo(value["zone"]))
    return problem_of(value["problem"], value["values"]) or ""
