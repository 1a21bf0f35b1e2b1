"""The sums of settled lines and of their corrections, grouped by the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, func, literal, select
from sqlalchemy.orm import Session, aliased

from ....core.models import Space
from ...market import Order
from ..cycles.models import Cycle
from ..settlement.models import Correction, HubStatement, SettledLine, Settlement, Statement
from ..settlement.queries import summed
from .rules import By, ReportRow, Scope, by_month, figures_of, merged

_KEYS: dict[By, Any] = {
    By.PRODUCT: SettledLine.product_id,
    By.PRODUCER: SettledLine.seller_id,
    By.HUB: SettledLine.hub_id,
    By.CYCLE: SettledLine.cycle_id,
    By.MONTH: SettledLine.cycle_id,
}


def report(session: Session, by: By, scope: Scope, zone: ZoneInfo) -> list[ReportRow]:
    """Return the rows of a report, those with the highest sales first; months newest first.

    A line counts on the day on which it was settled, a correction on the day on which it was made.
    """
    if by is By.MONTH:
        return _months(session, scope, zone)
    lines = [_row(row, 1) for row in session.execute(_named(by, _lines(by, scope)))]
    back = [_row(row, -1) for row in session.execute(_named(by, _corrections(by, scope)))]
    return sorted(merged([*lines, *back]), key=lambda row: (-row.figures.paid, row.label))


def _row(row: Row[Any], sign: int) -> ReportRow:
    return ReportRow(row.key, row.label or "–", row.note or "", figures_of(row, sign))


def _lines(by: By, scope: Scope) -> Select[Any]:
    """Return a query for the sums of lines by key and tax class.

    They are added up in two steps, of which the first walks along the index that holds all it
    needs; by resident there is only one, which sorts all lines and so carries little.
    """
    line = SettledLine
    if by is By.RESIDENT:
        query = select(Order.person_id.label("key"), line.tax_class, *_few_sums())
        query = query.join(Order, Order.id == line.order_id)
        return _settled(query, scope).group_by(Order.person_id, line.tax_class)
    sums = _sums(line.quantity, line.paid, line)
    walked = (line.cycle_id, line.seller_id, line.product_id, line.tax_class, line.hub_id)
    part = _settled(select(*walked, _LAST, *sums), scope).group_by(*walked).subquery()
    key = part.c[_KEYS[by].key].label("key")
    last = func.max(part.c.last).label("last")
    totals = [summed(part.c[name]).label(name) for name in _SUMMED]
    return select(key, part.c.tax_class, last, *totals).group_by(key, part.c.tax_class)


_LAST = func.max(SettledLine.line_id).label("last")
_SUMMED = ("lines", "quantity", "paid", "producer", "activist", "centre")


def _settled(query: Select[Any], scope: Scope) -> Select[Any]:
    if scope.start is not None or scope.end is not None:
        rounds = select(Settlement.cycle_id).where(_within(Settlement.settled_at, scope))
        query = query.where(SettledLine.cycle_id.in_(rounds))
    return _of(query, scope)


def _corrections(by: By, scope: Scope, *besides: Any) -> Select[Any]:
    line, key = SettledLine, Order.person_id if by is By.RESIDENT else _KEYS[by]
    sums = _sums(literal(0), Correction.amount, Correction)
    query = (
        select(key.label("key"), line.tax_class, _LAST, *sums, *besides)
        .select_from(Correction)
        .join(line, line.line_id == Correction.line_id)
        .where(_within(Correction.at, scope))
        .group_by(key, line.tax_class, *besides)
    )
    if by is By.RESIDENT:
        query = query.join(Order, Order.id == line.order_id)
    return _of(query, scope)


def _of(query: Select[Any], scope: Scope) -> Select[Any]:
    if scope.seller_ids is not None:
        query = query.where(SettledLine.seller_id.in_(scope.seller_ids))
    if scope.hub_ids is not None:
        query = query.where(SettledLine.hub_id.in_(scope.hub_ids))
    return query


def _sums(quantity: Any, paid: Any, shares: Any) -> list[Any]:
    return [
        func.count().label("lines"),
        summed(quantity).label("quantity"),
        summed(paid).label("paid"),
        *(summed(getattr(shares, name)).label(name) for name in ("producer", "activist", "centre")),
    ]


def _few_sums() -> list[Any]:
    """Return the sums of lines, the centre's as what the others leave: each column that has to be
    sorted costs, and a line's shares make up what was paid."""
    line = SettledLine
    paid, producer, activist = (summed(each) for each in (line.paid, line.producer, line.activist))
    return [
        func.count().label("lines"),
        summed(line.quantity).label("quantity"),
        paid.label("paid"),
        producer.label("producer"),
        activist.label("activist"),
        (paid - producer - activist).label("centre"),
    ]


def _within(column: Any, scope: Scope) -> ColumnElement[bool]:
    found: ColumnElement[bool] = literal(1) == literal(1)
    if scope.start is not None:
        found &= column >= scope.start
    if scope.end is not None:
        found &= column < scope.end
    return found


def _named(by: By, grouped: Select[Any]) -> Select[Any]:
    """Name each group as its last line was named, a resident as in their last order: names are
    looked up once a group."""
    sums, line = grouped.subquery(), SettledLine
    if by is By.RESIDENT:
        theirs = aliased(Order)
        last = select(func.max(theirs.id)).where(theirs.person_id == sums.c.key)
        named = select(*sums.c, Order.person_name.label("label"), literal("").label("note"))
        return named.outerjoin(Order, Order.id == last.scalar_subquery())
    query: Select[Any] = select(*sums.c).join(line, line.line_id == sums.c.last)
    if by is By.PRODUCT:
        return query.add_columns(
            (line.product_name + " " + line.unit_label).label("label"),
            line.seller_name.label("note"),
        )
    if by is By.PRODUCER:
        return query.add_columns(line.seller_name.label("label"), literal("").label("note"))
    if by is By.HUB:
        query = query.outerjoin(Space, Space.id == line.hub_id)
        return query.add_columns(Space.name.label("label"), literal("").label("note"))
    query = query.join(Cycle, Cycle.id == line.cycle_id)
    query = query.join(Space, Space.id == Cycle.hub_id)
    return query.add_columns(Cycle.title.label("label"), Space.name.label("note"))


def _months(session: Session, scope: Scope, zone: ZoneInfo) -> list[ReportRow]:
    settled = dict(session.execute(select(Settlement.cycle_id, Settlement.settled_at)).all())

    def month(at: datetime) -> tuple[int, int]:
        local = at.astimezone(zone)
        return local.year, local.month

    lines = [_unnamed(row, 1) for row in session.execute(_lines(By.CYCLE, scope))]
    rows = by_month(lines, lambda cycle_id: month(settled[cycle_id]))  # type: ignore[index]
    made = session.execute(_corrections(By.CYCLE, scope, Correction.at))
    for row in made:
        rows += by_month([_unnamed(row, -1)], lambda _, at=row.at: month(at))  # type: ignore[misc]
    return sorted(merged(rows), key=lambda row: str(row.label), reverse=True)


def _unnamed(row: Row[Any], sign: int) -> ReportRow:
    return ReportRow(row.key, "", "", figures_of(row, sign))


def sellers(session: Session) -> Sequence[Row[Any]]:
    """Return everyone who ever sold in a settled round: id and name."""
    return _named_once(session, Statement.seller_id, Statement.seller_name)


def hubs(session: Session) -> Sequence[Row[Any]]:
    """Return every hub at which something settled was collected: id and name."""
    return _named_once(session, HubStatement.hub_id, HubStatement.hub_name)


def _named_once(session: Session, id_: Any, name: Any) -> Sequence[Row[Any]]:
    columns: list[Any] = [id_.label("id"), func.max(name).label("name")]
    return session.execute(select(*columns).group_by(id_).order_by("name")).all()
