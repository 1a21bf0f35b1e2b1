"""The producers of a round with their terms, what was ordered of each, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, cast, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from .....core.models import Space
from .....core.statements import Statement
from ....market import Order, OrderLine
from ..models import Part
from ..rules import Ordered, Outcome, occasion
from .rows import AnyRow

_GONE = (Outcome.CANCELLED.value, Outcome.CARRIED.value)
_WON = func.coalesce(func.sum(OrderLine.amount), 0)
_UNITS = func.coalesce(func.sum(OrderLine.delivered), 0)
_SPECIAL = Statement(
    select(
        Part.seller_id, Part.cut_off, Part.minimum_won, Part.minimum_units, Part.below, Part.outcome
    ).where(
        Part.cycle_id == bindparam("cycle_id"),
        or_(Part.cut_off.is_not(None), Part.minimum_won > 0, Part.minimum_units > 0),
    )
)


def still_coming(cycle_id: int | None = None) -> ColumnElement[bool]:
    """Return the condition that a line of an order was not cancelled or carried over because its
    producer stayed below the minimum; ``cycle_id`` if only lines of this round are looked at."""
    named = literal("cycle:") + cast(Part.cycle_id, String) == OrderLine.occasion
    return ~exists().where(
        named if cycle_id is None else Part.cycle_id == cycle_id,
        Part.seller_id == OrderLine.seller_id,
        Part.outcome.in_(_GONE),
    )


def ordered_of(session: Session, cycle_id: int, seller_id: int) -> Ordered:
    """Return what stands ordered of a producer in a round."""
    row = session.execute(
        select(_WON.label("won"), _UNITS.label("units"))
        .join(Order, Order.id == OrderLine.order_id)
        .where(
            OrderLine.occasion == occasion(cycle_id),
            OrderLine.seller_id == seller_id,
            Order.state == "placed",
        )
    ).one()
    return Ordered(int(row.won), int(row.units))


def parts_of(session: Session, cycle_id: int) -> Sequence[AnyRow]:
    """Return the producers of a round by name: ``seller_id``, name, slug, their terms and outcome,
    ``won`` and ``units`` that stand ordered, and ``asked``, the units that were ever ordered of
    orders that were not withdrawn."""
    return session.execute(_parts(cycle_id).order_by(Space.name, Space.id)).all()


def special_terms(session: Session, cycle_id: int) -> dict[int, AnyRow]:
    """Return the terms of those producers, by id, that have a cut-off or minimum of their own."""
    return {row.seller_id: row for row in _SPECIAL.all(session, {"cycle_id": cycle_id})}


def part_of(session: Session, cycle_id: int, seller_id: int) -> AnyRow | None:
    """Return one of ``parts_of``, None if the producer takes no part."""
    return session.execute(_parts(cycle_id).where(Part.seller_id == seller_id)).one_or_none()


def _parts(cycle_id: int) -> Any:
    standing = (
        select(
            OrderLine.seller_id,
            _WON.label("won"),
            _UNITS.label("units"),
            func.sum(OrderLine.quantity).label("asked"),
        )
        .join(Order, Order.id == OrderLine.order_id)
        .where(OrderLine.occasion == occasion(cycle_id), Order.state != "withdrawn")
        .group_by(OrderLine.seller_id)
        .subquery()
    )
    return (
        select(
            Part.seller_id,
            Space.name,
            Space.slug,
            Part.cut_off,
            Part.minimum_won,
            Part.minimum_units,
            Part.below,
            Part.outcome,
            Part.decided_at,
            func.coalesce(standing.c.won, 0).label("won"),
            func.coalesce(standing.c.units, 0).label("units"),
            func.coalesce(standing.c.asked, 0).label("asked"),
        )
        .join(Space, Space.id == Part.seller_id)
        .outerjoin(standing, standing.c.seller_id == Part.seller_id)
        .where(Part.cycle_id == cycle_id)
    )
