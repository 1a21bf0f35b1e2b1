"""What standing orders will ask for, known before a round opens and before anything is picked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from ...catalog.models import Product
from ...catalog.rules import titled
from ..models import Holiday, StandingChange, StandingOrder
from ..rules import ACTIVE, is_due, week_of


@dataclass(frozen=True, slots=True)
class Demand:
    """How much of a product the standing orders of so many people ask for in a week."""

    product_id: int
    name: str
    unit_label: str
    seller_id: int
    quantity: int
    people: int


def standing_demand(
    session: Session,
    host_id: int | None,
    day: date,
    *,
    seller_ids: Collection[int] | None = None,
) -> list[Demand]:
    """Return what the standing orders ask for in the week of ``day``, by product name.

    ``host_id`` is the hub, None all hubs; ``seller_ids`` narrows it to the goods of these sellers.
    Skipped weeks, holidays and swaps are counted as they stand now. What a sale leaves out later
    (sold out, not offered) is in it: it is what people want.
    """
    asked: dict[int, dict[int, int]] = {}
    for row in session.execute(_asked(host_id, day)):
        if not is_due(row.begins_on, row.every, max(day, row.begins_on)):
            continue
        product, quantity = (
            (row.product_id, row.quantity)
            if row.swapped is None
            else (row.swapped, row.swapped_quantity)
        )
        people = asked.setdefault(product, {})
        people[row.person_id] = people.get(row.person_id, 0) + quantity
    return _named(session, asked, seller_ids) if asked else []


def _asked(host_id: int | None, day: date) -> Any:
    week = week_of(day)
    change = and_(StandingChange.standing_id == StandingOrder.id, StandingChange.on == week)
    away = exists().where(
        Holiday.person_id == StandingOrder.person_id,
        Holiday.from_on <= day,
        Holiday.until_on >= day,
    )
    query = (
        select(
            StandingOrder.person_id,
            StandingOrder.product_id,
            StandingOrder.quantity,
            StandingOrder.every,
            StandingOrder.begins_on,
            StandingChange.product_id.label("swapped"),
            StandingChange.quantity.label("swapped_quantity"),
        )
        .outerjoin(StandingChange, change)
        .where(
            StandingOrder.state == ACTIVE,
            StandingOrder.begins_on < week + timedelta(days=7),
            or_(StandingChange.kind.is_(None), StandingChange.kind != "skip"),
            ~away,
        )
    )
    return query if host_id is None else query.where(StandingOrder.host_id == host_id)


def _named(
    session: Session, asked: dict[int, dict[int, int]], seller_ids: Collection[int] | None
) -> list[Demand]:
    query = (
        select(Product.id, Product.name, Product.variant, Product.unit_label, Product.seller_id)
        .where(Product.id.in_(asked))
        .order_by(Product.name, Product.id)
    )
    if seller_ids is not None:
        query = query.where(Product.seller_id.in_(seller_ids))
    return [
        Demand(
            row.id,
            titled(row.name, row.variant),
            row.unit_label,
            row.seller_id,
            sum(asked[row.id].values()),
            len(asked[row.id]),
        )
        for row in session.execute(query)
    ]
