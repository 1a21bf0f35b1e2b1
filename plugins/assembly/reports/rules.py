"""By what reports are grouped, and the sums of their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

EXEMPT = "exempt"


class By(StrEnum):
    """What one row of a report stands for."""

    PRODUCT = "product"
    PRODUCER = "producer"
    HUB = "hub"
    CYCLE = "cycle"
    MONTH = "month"
    RESIDENT = "resident"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which lines a report is made of: those settled, and corrections made, from ``start`` on and
    before ``end``; of these sellers and hubs, of all where None."""

    start: datetime | None = None
    end: datetime | None = None
    seller_ids: tuple[int, ...] | None = None
    hub_ids: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Sums of lines less their corrections; ``back`` is what was corrected, 0 or more."""

    lines: int = 0
    quantity: int = 0
    exempt: int = 0
    taxed: int = 0
    producer: int = 0
    activist: int = 0
    centre: int = 0
    back: int = 0

    @property
    def paid(self) -> int:
        return self.exempt + self.taxed

    def __add__(self, other: Figures) -> Figures:
        names = (field.name for field in fields(Figures))
        return Figures(**{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One row: ``label`` names it, ``note`` says more (a unit, a seller, a hub)."""

    key: object
    label: str
    note: str
    figures: Figures


def figures_of(row: Any, sign: int) -> Figures:
    """Return the figures of a row of a query: ``sign`` is 1 for lines and -1 for corrections."""
    paid, exempt = sign * int(row.paid), row.tax_class == EXEMPT
    return Figures(
        lines=int(row.lines) if sign > 0 else 0,
        quantity=int(row.quantity) if sign > 0 else 0,
        exempt=paid if exempt else 0,
        taxed=0 if exempt else paid,
        producer=sign * int(row.producer),
        activist=sign * int(row.activist),
        centre=sign * int(row.centre),
        back=-paid if sign < 0 else 0,
    )


def added(rows: Iterable[ReportRow]) -> Figures:
    """Return the figures of all rows together."""
    return sum((row.figures for row in rows), Figures())


def merged(rows: Iterable[ReportRow]) -> list[ReportRow]:
    """Return one row for each key, its figures added up."""
    found: dict[object, ReportRow] = {}
    for row in rows:
        before = found.get(row.key)
        figures = row.figures if before is None else before.figures + row.figures
        named = before or row
        found[row.key] = ReportRow(row.key, named.label, named.note, figures)
    return list(found.values())


def by_month(
    rows: Iterable[ReportRow], month_of: Callable[[object], tuple[int, int]]
) -> list[ReportRow]:
    """Return rows by month from rows that are keyed by what ``month_of`` knows the month of."""
    months = ((month_of(row.key), row.figures) for row in rows)
    return merged(
        ReportRow(month, f"{month[0]}-{month[1]:02}", "", figures) for month, figures in months
    )


def first_day(today: date, months_before: int) -> date:
    """Return the first day of the month so many months before this one."""
    months = today.year * 12 + today.month - 1 - months_before
    return date(months // 12, months % 12 + 1, 1)


def begins(day: date, zone: ZoneInfo) -> datetime:
    """Return when a day begins in a time zone."""
    return datetime.combine(day, time(), zone)


def ends(day: date, zone: ZoneInfo) -> datetime:
    """Return when the day after begins."""
    return begins(day + timedelta(days=1), zone)
