"""A person's own orders: the list, one of them with its history, and what is collected next."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Row, Table, bindparam, func, or_, select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from .....core.models import Space
from .....core.statements import Listed, Statement
from ..models import Order, OrderEvent, OrderLine
from ..rules import PLACED

AnyRow = Row[*tuple[Any, ...]]
NEWEST = 2**31 - 1

_ORDERS: Table = Order.__table__  # type: ignore[assignment]
_LINES: Table = OrderLine.__table__  # type: ignore[assignment]
_EVENTS: Table = OrderEvent.__table__  # type: ignore[assignment]
_MINE = _ORDERS.c.person_id == bindparam("person_id")

# Statements are made once: they have many columns, and these pages are asked for often.
_LIST = Statement(
    select(
        *_ORDERS.c,
        func.sum(_LINES.c.amount - _LINES.c.refunded).label("amount"),
    )
    .join(_LINES, _LINES.c.order_id == _ORDERS.c.id)
    .where(_MINE, _ORDERS.c.id < bindparam("before"))
    .group_by(_ORDERS.c.id)
    .order_by(_ORDERS.c.id.desc())
    .limit(bindparam("most"))
)
_NEXT = Statement(
    select(_ORDERS)
    .where(_MINE, _ORDERS.c.state == PLACED)
    .where(or_(_ORDERS.c.collect_until.is_(None), _ORDERS.c.collect_until > bindparam("now")))
    .order_by(_ORDERS.c.collect_from.is_(None), _ORDERS.c.collect_from, _ORDERS.c.id)
    .limit(bindparam("most"))
)
_OWN = Statement(
    select(_ORDERS, Space.slug.label("host_slug"), Space.phone.label("host_phone"))
    .join(Space, Space.id == _ORDERS.c.host_id)
    .where(_ORDERS.c.uid == bindparam("uid"), _MINE)
)
_GOODS = Statement(
    select(_LINES)
    .where(_LINES.c.order_id == bindparam("order_id"))
    .order_by(_LINES.c.seller_name, _LINES.c.seller_id, _LINES.c.id)
)
_OF_ORDERS = Listed(
    lambda ids: (
        select(_LINES.c.order_id, _LINES.c.product_name, _LINES.c.seller_name)
        .where(_LINES.c.order_id.in_(ids))
        .order_by(_LINES.c.order_id, _LINES.c.seller_name, _LINES.c.id)
    )
)
_HISTORY = Statement(
    select(_EVENTS).where(_EVENTS.c.order_id == bindparam("order_id")).order_by(_EVENTS.c.id)
)
_LAST_HOST = Statement(
    select(_ORDERS.c.host_id).where(_MINE).order_by(_ORDERS.c.id.desc()).limit(1)
)


def my_orders(
    session: Session, person_id: int, *, before: int | None = None, limit: int = 20
) -> Sequence[AnyRow]:
    """Return a person's orders, the newest first, below the id ``before``.

    ``amount`` is what is or was to be paid, less what was given back, in won.
    """
    values = {"person_id": person_id, "before": before or NEWEST, "most": limit}
    return _LIST.all(session, values)


def next_collections(
    session: Session, person_id: int, now: datetime, *, limit: int = 3
) -> Sequence[AnyRow]:
    """Return the orders that wait to be collected, the next one first."""
    return _NEXT.all(session, {"person_id": person_id, "now": now, "most": limit})


def last_host(session: Session, person_id: int) -> int | None:
    """Return the space at which this person's last order is or was to be collected."""
    row = _LAST_HOST.one_or_none(session, {"person_id": person_id})
    return None if row is None else int(row.host_id)


def own_order(session: Session, person_id: int, uid: str) -> AnyRow:
    """Return a person's own order; NotFound for everybody else, as if there were none."""
    order: AnyRow | None = _OWN.one_or_none(session, {"person_id": person_id, "uid": uid})
    if order is None:
        raise NotFound("There is no such order.")
    return order


def lines_of_order(session: Session, order_id: int) -> Sequence[AnyRow]:
    """Return the lines of an order by seller."""
    return _GOODS.all(session, {"order_id": order_id})


def lines_of_orders(session: Session, order_ids: Collection[int]) -> dict[int, Sequence[AnyRow]]:
    """Return what was ordered in each of these orders: names of goods and of their sellers."""
    rows = groupby(_OF_ORDERS.all(session, order_ids), key=attrgetter("order_id"))
    return {order_id: list(lines) for order_id, lines in rows}


def events_of(session: Session, order_id: int) -> Sequence[AnyRow]:
    """Return what happened to an order, in order."""
    return _HISTORY.all(session, {"order_id": order_id})
