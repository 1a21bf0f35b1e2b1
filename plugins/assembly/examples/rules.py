"""Reading the example's file, and counting its days so that its rounds always look right."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from ....core.errors import Refused
from ..cycles.rules import Below, Terms, next_collection

DATA = Path(__file__).parent.parent / "data"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ROLES = ("resident", "activist", "producer", "steward")


@cache
def example(county: str = "") -> Mapping[str, Any]:
    """Return the example of a node in this county as its file says it.

    Where producers live there are these alone, who sell to hubs elsewhere; everywhere else there
    is a neighbourhood with its hubs and rounds.
    """
    growing: Mapping[str, Any] = _read("example_producers.toml")
    return growing if county in growing["counties"] else _read("example.toml")


def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def accounts(data: Mapping[str, Any]) -> str:
    """Return the accounts to try the node out with, the first of each role, for the terminal."""
    found: dict[str, str] = {}
    for person in data["people"]:
        found.setdefault(person["role"], person["email"])
    lines = [f"{role:10} {found[role]}" for role in ROLES if role in found]
    head = f"people, all with the password {data['accounts']['password']}"
    return "\n    ".join([head, *lines])


def check_private(address: str) -> None:
    """Refuse to load accounts with a published password on a node that others can reach."""
    host = urlsplit(address).hostname or ""
    try:
        private = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        private = False
    if not private:
        raise Refused(
            "The example has accounts whose password everyone knows. It can be loaded only on a "
            "node at 127.0.0.1 or localhost, and this one is at %(address)s.",
            address=address,
        )


@dataclass(frozen=True, slots=True)
class Days:
    """The instants of an example round; those after the opening are there for a settled one."""

    title: str
    opens_at: datetime
    cut_off: datetime
    received: datetime
    packed: datetime
    collect_from: datetime
    collect_until: datetime
    settled: datetime


def hour(text: str) -> time:
    """Return a time of day written as 16:00."""
    return time.fromisoformat(text)


def days_of(
    cycle: Mapping[str, Any], hub: Mapping[str, Any], now: datetime, zone: ZoneInfo
) -> Days:
    """Return when an example round happens if it is loaded now."""
    today = now.astimezone(zone).date()
    earliest = today + timedelta(days=cycle["collect_after_days"])
    day = next_collection(earliest, WEEKDAYS.index(hub["weekday"]))

    def at(days: int, text: str) -> datetime:
        return datetime.combine(day + timedelta(days=days), hour(text), tzinfo=zone)

    collect_from = at(0, hub["from"])
    return Days(
        title=cycle["title"].format(month=day.month, day=day.day),
        opens_at=at(-cycle["opens_days_before"], cycle["opens_at"]),
        cut_off=at(-cycle["closes_days_before"], cycle["closes_at"]),
        received=collect_from - timedelta(hours=6),
        packed=collect_from - timedelta(hours=1),
        collect_from=collect_from,
        collect_until=at(0, hub["until"]),
        settled=at(cycle.get("settles_days_after", 1), cycle.get("settles_at", "10:00")),
    )


def at_hour(days: Days, text: str, *, before: int = 0) -> datetime:
    """Return an hour, written as 16:00, of the day of collection or of so many days before it."""
    day = days.collect_from.date() - timedelta(days=before)
    return datetime.combine(day, hour(text), tzinfo=days.collect_from.tzinfo)


def terms_of(part: Mapping[str, Any], days: Days) -> Terms:
    """Return the terms on which a producer of the example takes part."""
    own = None
    if "closes_at" in part:
        own = at_hour(days, part["closes_at"], before=part["closes_days_before"])
    return Terms(
        cut_off=own,
        minimum_won=part.get("minimum_won", 0),
        minimum_units=part.get("minimum_units", 0),
        below=Below(part.get("below", "confirm")),
    )


def spread(number: int, first: datetime, last: datetime) -> Sequence[datetime]:
    """Return so many instants between two others, evenly apart."""
    return [first + (last - first) * (place + 1) / (number + 1) for place in range(number)]
