"""The calendar of the neighbourhood: everything that takes place, of all plugins, by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from flask import render_template, request
from sqlalchemy.orm import Session

from .....core import members
from .....core.answers import Happening
from .....core.values import SpaceFace
from .....core.web import can, permitted, this_node, this_tongue
from ...pages import blueprint
from ..access import HOLD_NODE, SEE
from ..rules import month_after, month_of, weeks_of
from .times import zone

MOST = 500


@dataclass(frozen=True, slots=True)
class Line:
    """Something that takes place, in the words of the page; ``host`` is who holds it."""

    title: str
    kind: str
    path: str
    starts_at: datetime
    ends_at: datetime | None
    place: str
    host: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day with what begins on it."""

    on: date
    lines: Sequence[Line]


@blueprint.get("/calendar")
@permitted(SEE, alike=True)
def calendar() -> Any:
    """Show a month: a grid that leads to its days, and everything in a list below it."""
    node = this_node()
    today = node.clock.now().astimezone(zone()).date()
    first = month_of(request.args.get("month", ""), today)
    with node.db.read() as session:
        lines = _lines(session, first)
    kinds = sorted({each.kind for each in lines})
    kind = request.args.get("kind", "")
    days = _days([each for each in lines if kind not in kinds or each.kind == kind], first)
    is_this_month = first == today.replace(day=1)
    past = [each for each in days if each.on < today] if is_this_month else []
    return render_template(
        "locality/events/calendar.html", first=first, weeks=weeks_of(first), today=today,
        counts={each.on: len(each.lines) for each in days}, days=days[len(past) :], past=past,
        kinds=kinds, kind=kind if kind in kinds else "", before=month_after(first, -1),
        after=month_after(first), holds=can(HOLD_NODE),
    )  # fmt: skip


def _lines(session: Session, first: date) -> list[Line]:
    """Return what takes place in a month; a plugin that fails is left out."""
    node = this_node()
    since, until = _begins(first), _begins(month_after(first))
    found: list[Happening] = node.host.collect(
        "happenings", node=node, session=session, since=since, until=until
    )
    found = sorted(found, key=lambda each: each.starts_at)[:MOST]
    hosts = members.faces(session, {each.space_id for each in found if each.space_id})
    return [_line(each, hosts) for each in found]


def _line(each: Happening, hosts: Mapping[int, SpaceFace]) -> Line:
    say = this_tongue().say
    found = hosts.get(each.space_id or 0)
    host = found.name if found else ""
    return Line(
        title=each.title if isinstance(each.title, str) else say(each.title),
        kind=say(each.kind),
        path=each.path,
        starts_at=each.starts_at,
        ends_at=each.ends_at,
        place=each.place,
        host="" if host == each.place else host,
    )


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), zone())


def _days(lines: Sequence[Line], first: date) -> list[Day]:
    """Return the days of a month with what begins on them; what began before the month stands on
    its first day."""
    by_day: dict[date, list[Line]] = {}
    for each in lines:
        on = max(each.starts_at.astimezone(zone()).date(), first)
        by_day.setdefault(on, []).append(each)
    return [Day(on, found) for on, found in sorted(by_day.items())]
