"""A person's own orders: the list, one of them with its history, and what is collected next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, func, or_, select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from .....core.models import Space
from ..models import Order, OrderEvent, OrderLine
from ..rules import PLACED

AnyRow = Row[*tuple[Any, ...]]
_ORDERS: Table = Order.__table__  # type: ignore[assignment]
_LINES: Table = OrderLine.__table__  # type: ignore[assignment]
_EVENTS: Table = OrderEvent.__table__  # type: ignore[assignment]


def my_orders(
    session: Session, person_id: int, *, before: int | None = None, limit: int = 20
) -> Sequence[AnyRow]:
    """Return a person's orders, the newest first, each with its ``amount`` in won."""
    query = (
        select(*_ORDERS.c, func.sum(_LINES.c.price * _LINES.c.delivered).label("amount"))
        .join(_LINES, _LINES.c.order_id == _ORDERS.c.id)
        .where(_ORDERS.c.person_id == person_id)
        .group_by(_ORDERS.c.id)
        .order_by(_ORDERS.c.id.desc())
        .limit(limit)
    )
    return session.execute(query if before is None else query.where(_ORDERS.c.id < before)).all()


def next_collections(
    session: Session, person_id: int, now: datetime, *, limit: int = 3
) -> Sequence[AnyRow]:
    """Return the orders that wait to be collected, the next one first."""
    collected = _ORDERS.c.collect_until
    return session.execute(
        select(_ORDERS)
        .where(_ORDERS.c.person_id == person_id, _ORDERS.c.state == PLACED)
        .where(or_(collected.is_(None), collected > now))
        .order_by(_ORDERS.c.collect_from.is_(None), _ORDERS.c.collect_from, _ORDERS.c.id)
        .limit(limit)
    ).all()


def own_order(session: Session, person_id: int, uid: str) -> AnyRow:
    """Return a person's own order; NotFound for everybody else, as if there were none."""
    order = session.execute(
        select(_ORDERS, Space.slug.label("host_slug"), Space.phone.label("host_phone"))
        .join(Space, Space.id == _ORDERS.c.host_id)
        .where(_ORDERS.c.uid == uid, _ORDERS.c.person_id == person_id)
    ).one_or_none()
    if order is None:
        raise NotFound("There is no such order.")
    return order


def lines_of_order(session: Session, order_id: int) -> Sequence[AnyRow]:
    """Return the lines of an order by seller."""
    return session.execute(
        select(_LINES)
        .where(_LINES.c.order_id == order_id)
        .order_by(_LINES.c.seller_name, _LINES.c.seller_id, _LINES.c.id)
    ).all()


def events_of(session: Session, order_id: int) -> Sequence[AnyRow]:
    """Return what happened to an order, in order."""
    return session.execute(
        select(_EVENTS).where(_EVENTS.c.order_id == order_id).order_by(_EVENTS.c.id)
    ).all()
