"""What an issue is made of: its items in their order, its weeks, and when the next one goes out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

COMING, NEWS = "coming", "news"
MOST = 40
"""Items of each kind that an issue may have: more have no room on a page."""

NIGHT_ENDS, NIGHT_BEGINS = 8, 21
"""The paper goes out at these hours of the day, or between them."""


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of the paper: ``part`` is "coming" or "news", ``key`` names it within the issue.

    ``over`` says when and where, ``path`` leads to its page.
    """

    key: str
    part: str
    title: str
    over: str = ""
    text: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """All that stands in an issue, in the main language of the node."""

    title: str
    over: str
    greeting: str
    signed: str
    items: tuple[Item, ...]
    figures: tuple[tuple[str, str], ...]

    def of(self, part: str) -> list[Item]:
        """Return the items of a part."""
        return [item for item in self.items if item.part == part]


def kept(content: Content) -> dict[str, Any]:
    """Return the content as it is kept."""
    return asdict(content)


def read(found: Mapping[str, Any]) -> Content:
    """Return what ``kept`` kept."""
    return Content(
        title=found["title"], over=found["over"], greeting=found["greeting"],
        signed=found["signed"], items=tuple(Item(**each) for each in found["items"]),
        figures=tuple((words, number) for words, number in found["figures"]),
    )  # fmt: skip


def arranged(
    items: Sequence[Item], dropped: Collection[str], order: Sequence[str]
) -> tuple[Item, ...]:
    """Return the items without those left out: what stewards have put in order first, in that
    order, then what has come since as it is."""
    places = {key: place for place, key in enumerate(order)}
    left = [item for item in items if item.key not in dropped]
    return tuple(sorted(left, key=lambda item: places.get(item.key, len(places))))


def placed(numbers: Mapping[str, int]) -> list[str]:
    """Return keys in the order of the numbers that were typed beside them; a tie stays as it is."""
    return sorted(numbers, key=lambda key: numbers[key])


def shortened(item: Item) -> Item:
    """Return an item within the bounds of what is kept."""
    clean = {
        name: " ".join(text.split())[:most]
        for name, text, most in (
            ("title", item.title, 200), ("over", item.over, 120), ("text", item.text, 400),
        )
    }  # fmt: skip
    return replace(item, **clean, key=item.key[:120], path=item.path[:300])


def monday(now: datetime, zone: ZoneInfo) -> date:
    """Return the Monday of the week in which an instant lies."""
    today = now.astimezone(zone).date()
    return today - timedelta(days=today.weekday())


def begin(day: date, zone: ZoneInfo) -> datetime:
    """Return when a day begins in this zone."""
    return datetime.combine(day, time(), zone)


def next_out(now: datetime, zone: ZoneInfo, weekday: int, hour: int) -> datetime:
    """Return the first instant after ``now`` on this weekday at this hour; never at night."""
    hour = min(max(hour, NIGHT_ENDS), NIGHT_BEGINS - 1)
    day = monday(now, zone) + timedelta(days=weekday)
    at = datetime.combine(day, time(hour), zone)
    return at if at > now else datetime.combine(day + timedelta(weeks=1), time(hour), zone)


def as_text(content: Content, headings: Mapping[str, str], address: str) -> str:
    """Return an issue as plain text: for mail, and for whoever has it read aloud."""
    lines = [content.title, content.over, ""]
    if content.greeting:
        lines += [content.greeting, content.signed, ""]
    for part in (COMING, NEWS):
        items = content.of(part)
        if items:
            lines += [headings[part], ""]
        for item in items:
            lines += ["- " + " · ".join(filter(None, (item.over, item.title)))]
            lines += [f"  {item.text}"] if item.text else []
        lines += [""] if items else []
    lines += [f"{words}: {number}" for words, number in content.figures]
    return "\n".join([*lines, "", address]).strip() + "\n"
