"""Months and years of the fund, from the sums that are kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from .....core.models import Person
from .....core.node import Node
from ...earmarks import queries as earmarks
from ...earmarks.models import Earmark, MonthSum
from ...earmarks.rules import month_of
from ..models import Check, Opinion
from ..rules import Month, Report, by_month, months_of, report


@dataclass(frozen=True, slots=True)
class Told:
    """An auditor's opinion as everyone reads it."""

    id: int
    text: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Period:
    """A month or a year with its report, the earmarks that it names, and what the auditor says."""

    period: int
    report: Report
    earmarks: dict[int, Earmark]
    opinions: tuple[Told, ...]
    check: Check | None
    months: tuple[Month, ...]


def zone_of(node: Node) -> ZoneInfo:
    """Return the time zone in which months are counted."""
    return ZoneInfo(node.settings.node.time_zone)


def this_month(node: Node) -> int:
    """Return the month that it is here."""
    return month_of(node.clock.now(), zone_of(node))


def month_start(node: Node, month: int) -> datetime:
    """Return when a month began here."""
    return datetime(month // 100, month % 100, 1, tzinfo=zone_of(node))


def the_period(node: Node, session: Session, period: int) -> Period:
    """Return a month (202612) or a year (2026); ``NotFound`` for one in which there was no fund."""
    since, until = months_of(period)
    now = this_month(node)
    span = earmarks.bounds(session)
    first = min(span[0], now) if span else now
    if until < first or since > now or not 1 <= since % 100 <= 12:
        raise NotFound("There are no books of this time.")
    lines = earmarks.lines_between(session, since, until)
    found = report(earmarks.held_before(session, since), lines)
    months = (
        tuple(each for each in all_months(session) if since <= each.month <= until)
        if period < 10_000
        else ()
    )
    return Period(
        period, found, named(session, found.earmark_ids), opinions(session, period),
        last_check(session), months,
    )  # fmt: skip


def named(session: Session, ids: Collection[int]) -> dict[int, Earmark]:
    """Return earmarks by their ids."""
    found = session.scalars(select(Earmark).where(Earmark.id.in_(ids))) if ids else ()
    return {each.id: each for each in found}


def all_months(session: Session) -> list[Month]:
    """Return every month of which there is anything, rising."""
    rows = session.execute(
        select(MonthSum.month, MonthSum.way, func.sum(MonthSum.amount))
        .group_by(MonthSum.month, MonthSum.way)
    )  # fmt: skip
    return by_month((row[0], row[1], int(row[2])) for row in rows)


def opinions(session: Session, period: int) -> tuple[Told, ...]:
    """Return what auditors said of a period, the one that holds first; at most twenty."""
    rows = session.execute(
        select(Opinion.id, Opinion.text, Person.name, Opinion.at)
        .join(Person, Person.id == Opinion.author_id)
        .where(Opinion.period == period)
        .order_by(Opinion.id.desc())
        .limit(20)
    )
    return tuple(Told(*row) for row in rows)


def last_check(session: Session) -> Check | None:
    """Return the last recount of all books."""
    return session.scalars(select(Check).order_by(Check.id.desc()).limit(1)).one_or_none()
