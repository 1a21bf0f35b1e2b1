"""The day's tasks on the desk of a hub."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for
from sqlalchemy.orm import Session

from ....core.answers import Section
from ....core.node import Node
from ....core.values import SpaceFace
from ....core.web import can, this_tongue
from ...market import standing_failures
from ..cycles.queries import AnyRow
from ..cycles.routes.access import RUN
from ..cycles.rules import cycle_of
from ..settlement.queries import hub_statements
from ..shifts.queries import minutes_helped
from . import queries
from .queries import Day
from .rules import Task, in_order

_PAGES = {
    "desk": "assembly.desk",
    "parts": "assembly.parts",
    "sheets": "assembly.order_sheets",
    "receiving": "assembly.receiving",
    "sharing": "assembly.sharing",
    "weighing": "assembly.weighing",
    "bags": "assembly.bags",
    "handover": "assembly.handover",
    "settle": "assembly.settle",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A task as it stands on the page; ``late``: it should have been done by now."""

    text: str
    url: str
    title: str
    due: datetime
    late: bool
    done: bool


@dataclass(frozen=True, slots=True)
class Earned:
    """What a round brings: won expected by now, or settled, and the hours that helpers give."""

    title: str
    won: int
    settled: bool
    minutes: int = 0


def today_sections(node: Node, session: Session, space: SpaceFace) -> list[Section]:
    """Return the tasks of a hub, what it earned, and the standing orders that failed."""
    if space.kind != "hub" or not can(RUN, space.id):
        return []
    now = node.clock.now()
    day = queries.day_of(session, space.id, now)
    tasks = [_shown(task, space.slug, now) for task in in_order(day.facts, now)]
    today = now.astimezone(ZoneInfo(node.settings.node.time_zone)).date()
    failures = standing_failures(session, [space.id], since=today - timedelta(days=7))
    context = {
        "tasks": [task for task in tasks if not task.done],
        "done": [task for task in tasks if task.done],
        "unconfirmed": [row for row in day.unconfirmed if _is_sent(day, row)],
        "earned": _earned(session, space.id, day),
        "failures": [(cycle_of(row.occasion), row) for row in failures],
    }
    return [Section("assembly/tasks/today.html", context, order=5)]


def _shown(task: Task, slug: str, now: datetime) -> Shown:
    url = (
        url_for("assembly.shifts", slug=slug)
        if task.page == "shifts"
        else url_for(_PAGES[task.page], cycle_id=task.cycle_id)
    )
    text = this_tongue().pgettext("task", task.text, **task.values)
    return Shown(text, url, task.title, task.due, task.due < now and not task.done, task.done)


def _is_sent(day: Day, row: AnyRow) -> bool:
    return any(each.cycle_id == row.cycle_id and each.state == "sent" for each in day.facts)


def _earned(session: Session, hub_id: int, day: Day) -> list[Earned]:
    ids = [each.cycle_id for each in day.facts]
    shares = queries.expected_share(session, hub_id, ids)
    settled = hub_statements(session, [hub_id], limit=2)
    minutes: Any = minutes_helped(session, [*ids, *(row.cycle_id for row in settled)])
    running = [
        Earned(each.title, shares.get(each.cycle_id, 0), False, minutes.get(each.cycle_id, 0))
        for each in day.facts
    ]
    before = [
        Earned(row.title, row.activist, True, minutes.get(row.cycle_id, 0)) for row in settled
    ]
    return [*running, *before]
