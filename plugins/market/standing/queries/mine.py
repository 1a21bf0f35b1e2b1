"""A person's own standing orders, with all that was said of single weeks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from .....core.models import Space
from ...catalog.models import Product
from ...orders.models import Order
from ...orders.queries.goods import TITLE
from ..models import Holiday, StandingChange, StandingOrder, StandingRun
from ..rules import ENDED, week_of

AnyRow = Row[*tuple[Any, ...]]
_SELLER, _HUB = Space.__table__.alias("seller"), Space.__table__.alias("hub")


def _whole() -> Select[*tuple[Any, ...]]:
    return (
        select(
            *(column for column in StandingOrder.__table__.c if column.name != "key"),
            TITLE.label("name"),
            Product.price.label("price_now"),
            Product.unit_label.label("unit_now"),
            Product.sold_by,
            Product.expected_g,
            Product.minimum,
            Product.step,
            Product.seller_id,
            (Product.listed & _SELLER.c.closed_at.is_(None)).label("sold"),
            _SELLER.c.name.label("seller_name"),
            _HUB.c.name.label("hub"),
        )
        .join(Product, Product.id == StandingOrder.product_id)
        .join(_SELLER, _SELLER.c.id == Product.seller_id)
        .join(_HUB, _HUB.c.id == StandingOrder.host_id)
    )


def standing_of(session: Session, person_id: int) -> Sequence[AnyRow]:
    """Return the standing orders of a person that have not ended, the oldest first."""
    return session.execute(
        _whole()
        .where(StandingOrder.person_id == person_id, StandingOrder.state != ENDED)
        .order_by(StandingOrder.id)
    ).all()


def number_of(session: Session, person_id: int) -> int:
    """Return how many standing orders a person has that have not ended."""
    mine = (StandingOrder.person_id == person_id, StandingOrder.state != ENDED)
    return session.scalar(select(func.count()).where(*mine)) or 0


def own_standing(session: Session, person_id: int, uid: str) -> AnyRow:
    """Return one standing order of this very person; NotFound if it is none of theirs."""
    found = session.execute(
        _whole().where(StandingOrder.uid == uid, StandingOrder.person_id == person_id)
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such standing order.")
    return found


def changes_of(
    session: Session, standing_ids: Sequence[int], today: date
) -> dict[int, dict[date, AnyRow]]:
    """Return what is wanted otherwise from this week on, by standing order and Monday."""
    if not standing_ids:
        return {}
    rows = session.execute(
        select(
            StandingChange.standing_id,
            StandingChange.on,
            StandingChange.kind,
            StandingChange.quantity,
            TITLE.label("name"),
        )
        .outerjoin(Product, Product.id == StandingChange.product_id)
        .where(StandingChange.standing_id.in_(standing_ids), StandingChange.on >= week_of(today))
    )
    found: dict[int, dict[date, AnyRow]] = {}
    for row in rows:
        found.setdefault(row.standing_id, {})[row.on] = row
    return found


def runs_of(
    session: Session, standing_ids: Sequence[int], today: date, *, days: int = 60
) -> dict[int, list[AnyRow]]:
    """Return what became of them as of late, the last first, by standing order."""
    if not standing_ids:
        return {}
    columns = (
        "standing_id", "collect_on", "title", "state", "wanted", "quantity", "problem", "values",
    )  # fmt: skip
    rows = session.execute(
        select(
            *(StandingRun.__table__.c[name] for name in columns),
            TITLE.label("name"),
            Order.uid.label("order_uid"),
        )
        .join(Product, Product.id == StandingRun.product_id)
        .outerjoin(Order, Order.id == StandingRun.order_id)
        .where(
            StandingRun.standing_id.in_(standing_ids),
            StandingRun.collect_on > today - timedelta(days=days),
        )
        .order_by(StandingRun.collect_on.desc(), StandingRun.id.desc())
    )
    found: dict[int, list[AnyRow]] = {}
    for row in rows:
        found.setdefault(row.standing_id, []).append(row)
    return found


def holidays_of(session: Session, person_id: int, today: date) -> Sequence[AnyRow]:
    """Return a person's holidays that are not over."""
    return session.execute(
        select(Holiday.id, Holiday.from_on, Holiday.until_on)
        .where(Holiday.person_id == person_id, Holiday.until_on >= today)
        .order_by(Holiday.from_on, Holiday.id)
    ).all()
