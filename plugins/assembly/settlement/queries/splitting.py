"""The split of paid lines in the database's own arithmetic, equal to ``core.values.split``."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, FromClause, Select, case, cast, func, or_, select
from sqlalchemy.orm import Session

from .....core.values import WHOLE
from ....market import Order, sold_lines
from ..models import SettledLine
from ..rules import Part, sums_of


class Shares(NamedTuple):
    """Three columns that sum to what was paid."""

    producer: ColumnElement[int]
    activist: ColumnElement[int]
    centre: ColumnElement[int]


def shares(paid: Any, activist_bp: Any, centre_bp: Any) -> Shares:
    """Split the column ``paid``: each share is rounded once, half a won up, the rest is the
    producer's."""
    whole = cast(paid, BigInteger)  # 4 bytes would not hold won times basis points
    activist, centre = _share(whole, activist_bp), _share(whole, centre_bp)
    return Shares(whole - activist - centre, activist, centre)


def _share(paid: ColumnElement[int], rate_bp: Any) -> ColumnElement[int]:
    part: ColumnElement[int] = (paid * rate_bp + WHOLE // 2) // WHOLE
    return part


_NAMING = (
    "order_id", "hub_id", "product_id", "seller_id", "seller_name", "product_name", "unit_label",
    "quantity", "tax_class",
)  # fmt: skip


def split_lines(occasion: str) -> Select[Any]:
    """Return a query for the paid lines of an occasion with their shares.

    With 100,000 lines they must not pass through Python row by row.
    """
    sold = sold_lines(occasion).subquery()
    split = shares(sold.c.amount, sold.c.activist_bp, sold.c.centre_bp)
    return select(
        sold.c.line_id,
        *(sold.c[name] for name in _NAMING),
        cast(sold.c.amount, BigInteger).label("paid"),
        split.producer.label("producer"),
        split.activist.label("activist"),
        split.centre.label("centre"),
    )


def sums_by_seller(lines: FromClause, *besides: ColumnElement[Any]) -> Select[Any]:
    """Return a query for the sums of each seller of these split lines, and by what is named
    ``besides``."""
    exempt = lines.c.tax_class == "exempt"
    return select(
        lines.c.seller_id,
        *besides,
        func.max(lines.c.seller_name).label("seller_name"),
        func.count().label("lines"),
        summed(case((exempt, lines.c.paid), else_=0)).label("exempt"),
        summed(case((exempt, 0), else_=lines.c.paid)).label("taxed"),
        *(summed(lines.c[name]).label(name) for name in Shares._fields),
    ).group_by(lines.c.seller_id, *besides)


def summed(column: Any) -> ColumnElement[int]:
    """Return the sum of a column as a whole number: PostgreSQL's own would be a decimal."""
    return cast(func.coalesce(func.sum(column), 0), BigInteger)


def preview(session: Session, occasion: str) -> list[Part]:
    """Return what a settlement would give now, by seller and by hub of collection."""
    return _parts(session, split_lines(occasion).subquery())


def settled_parts(session: Session, cycle_id: int) -> list[Part]:
    """Return what the settled lines of a round came to, by seller and by hub of collection."""
    lines = SettledLine.__table__
    return _parts(session, lines, lines.c.cycle_id == cycle_id)


def _parts(session: Session, lines: FromClause, *where: ColumnElement[bool]) -> list[Part]:
    rows = session.execute(
        sums_by_seller(lines, lines.c.hub_id)
        .where(*where)
        .order_by("seller_name", lines.c.seller_id, lines.c.hub_id)
    )
    return [Part(row.seller_id, row.seller_name, row.hub_id, sums_of(row)) for row in rows]


def unfinished_orders(session: Session, occasion: str) -> int:
    """Return how many orders still wait to be handed over, or to be paid."""
    unpaid = (Order.state == "collected") & Order.paid_at.is_(None)
    count = select(func.count()).where(
        Order.occasion == occasion, or_(Order.state == "placed", unpaid)
    )
    return int(session.execute(count).scalar_one())
