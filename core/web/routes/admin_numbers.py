"""The neighbourhood in numbers, by week or month: charts with their tables, and files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import render_template, request
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...answers import Series
from ...models import Person
from ...periods import MONTH, WEEK, Periods, months, weeks
from ...tables import Column, Table
from ...values import Message
from ..downloads import download
from ..page import permitted, say, this_node, this_tongue
from .base import blueprint

COUNTS = {WEEK: 13, MONTH: 12}
"""How many weeks and months are shown: a quarter, and a year."""


@blueprint.get("/admin/numbers")
@permitted("core.admin")
def admin_numbers() -> Any:
    """Draw each series as a chart with its table."""
    by, periods = _asked()
    with this_node().db.read() as session:
        series = _series(session, periods)
    charts = [(each, _points(periods, by, each.values)) for each in series]
    return render_template("core/admin_numbers.html", charts=charts, by=by, counts=COUNTS)


@blueprint.get("/admin/numbers.<ending('csv', 'xlsx', 'ods'):ending>")
@permitted("core.admin")
def admin_numbers_file(ending: str) -> Any:
    """Write all series into one table, a row a period."""
    by, periods = _asked()
    with this_node().db.read() as session:
        series = _series(session, periods)
    columns = (
        Column(say("Week from") if by == WEEK else say("Month from"), "day"),
        *(Column(this_tongue().say(each.title), _kind(each)) for each in series),
    )
    rows = [
        (periods.bounds[place], *(each.values[place] for each in series))
        for place in range(len(periods))
    ]
    return download(Table(say("Numbers"), columns, rows), ending)


def _kind(series: Series) -> Any:
    return series.kind if series.kind in ("whole", "won") else "whole"


def _asked() -> tuple[str, Periods]:
    by = MONTH if request.args.get("by") == MONTH else WEEK
    node = this_node()
    zone = ZoneInfo(node.settings.node.time_zone)
    make = months if by == MONTH else weeks
    return by, make(node.clock.now(), zone, COUNTS[by])


def _series(session: Session, periods: Periods) -> list[Series]:
    node = this_node()
    found = node.host.collect("numbers", node=node, session=session, periods=periods)
    whole = [
        each for each in (_people(session, periods), *found) if len(each.values) == len(periods)
    ]
    return sorted(whole, key=lambda each: each.order)


def _people(session: Session, periods: Periods) -> Series:
    number = periods.number(Person.created_at).label("number")
    rows = session.execute(
        select(number, func.count()).where(periods.within(Person.created_at)).group_by(number)
    )
    return Series("joined", Message("People who joined", {}), periods.filled(rows), order=10)


def _points(periods: Periods, by: str, values: Sequence[int]) -> list[tuple[str, int]]:
    """Return pairs of the words for a period and its number."""
    zone = periods.bounds[0].tzinfo
    days = [each.astimezone(zone) + timedelta(hours=1) for each in periods.bounds[:-1]]
    if by == MONTH:
        labels = [f"{day.year}/{day.month}" for day in days]
    else:
        labels = [f"{day.month}/{day.day}" for day in days]
    return list(zip(labels, values, strict=True))
