"""Calendars that phones and programs follow: events as iCalendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

MEDIA_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens at a time; a moment, such as a cut-off, has no end.

    ``uid`` is its name for ever and everywhere; ``revision`` rises with each change, so that a
    calendar that holds it takes the new times. ``written_at`` is when it was made. ``called_off``:
    it does not take place, which a calendar that held it then shows.
    """

    uid: str
    title: str
    begins: datetime
    ends: datetime | None
    written_at: datetime
    revision: int = 0
    place: str = ""
    text: str = ""
    url: str = ""
    called_off: bool = False


def written(name: str, events: Iterable[Event], zone: ZoneInfo) -> bytes:
    """Return a calendar of this name, with times in this zone."""
    import icalendar  # large, and few ask for a calendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Wizzle//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone.key)
    for each in events:
        calendar.add_component(_event(icalendar.Event(), each, zone))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(made: Any, event: Event, zone: ZoneInfo) -> Any:
    made.add("uid", event.uid)
    made.add("dtstamp", event.written_at)
    made.add("sequence", event.revision)
    made.add("summary", event.title)
    if event.called_off:
        made.add("status", "CANCELLED")
    made.add("dtstart", event.begins.astimezone(zone))
    if event.ends is not None:
        made.add("dtend", event.ends.astimezone(zone))
    else:
        made.add("transp", "TRANSPARENT")  # a moment keeps nobody busy
    for name, value in (("location", event.place), ("description", event.text)):
        if value:
            made.add(name, value)
    if event.url:
        made.add("url", event.url)
    return made
