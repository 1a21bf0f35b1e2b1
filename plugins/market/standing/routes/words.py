"""What the pages say of a standing order: how often, when next, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from .....core.language import day
from .....core.values import Message
from .....core.web import say, this_node, this_tongue
from ...orders.actions import ways_to_pay
from ...pages import blueprint
from ..queries import AnyRow
from ..rules import ACTIVE, FAILED, next_days, problem_of, week_of

AHEAD = 4
"""Weeks ahead that are shown."""


def ways_shown() -> list[tuple[str, str]]:
    """Return the ways to pay that are on now, each with its name for whoever asks."""
    language = this_tongue().language
    return [(way.name, way.title.in_language(language)) for way in ways_to_pay(this_node())]


@dataclass(frozen=True, slots=True)
class Now:
    """What a product costs now, and how it is sold."""

    price: int
    unit_label: str
    sold_by: str
    expected_g: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A standing order with what comes next and what was: as the pages draw it."""

    row: AnyRow
    next_on: date | None
    coming: Sequence[date]
    changes: Mapping[date, AnyRow]
    runs: Sequence[AnyRow]

    def change(self, on: date) -> AnyRow | None:
        """What is said of the week of a day."""
        return self.changes.get(week_of(on))

    @property
    def now(self) -> Now:
        """The product as it is sold now."""
        row = self.row
        return Now(row.price_now, row.unit_now, row.sold_by, row.expected_g)

    @property
    def last(self) -> AnyRow | None:
        return self.runs[0] if self.runs else None


def shown(
    row: AnyRow,
    changes: Mapping[date, AnyRow],
    runs: Sequence[AnyRow],
    holidays: Sequence[AnyRow],
    today: date,
) -> Shown:
    """Put together what is shown of a standing order."""
    done = {week_of(run.collect_on) for run in runs if run.state != FAILED}
    away = [(each.from_on, each.until_on) for each in holidays]
    skipped = {on for on, change in changes.items() if change.kind == "skip"}
    coming = next_days(row.begins_on, row.every, today, done=done, away=away, number=AHEAD)
    had = {week_of(run.collect_on) for run in runs}  # what failed may be tried again, or not
    following = next_days(row.begins_on, row.every, today, done=had | skipped, away=away)
    next_on = following[0] if following and row.state == ACTIVE else None
    return Shown(row, next_on, coming, changes, runs)


def why(run: Any) -> Message | None:
    """Return why something could not be made as it was wanted."""
    return problem_of(run.problem, run.values)


@blueprint.app_template_filter("on_day")
def on_day(on: date) -> str:
    """Say a day as it is said elsewhere: 11월 26일(목)."""
    zone = ZoneInfo(this_node().settings.node.time_zone)
    return day(datetime.combine(on, time(12), zone), zone, this_tongue().language)


@blueprint.app_template_filter("how_often")
def how_often(every: int) -> str:
    """Say how often, in words."""
    if every == 1:
        return say("Every week")
    return say("Every %(number)s weeks", number=every)
