"""How many residents stand behind what was sold: a number alone, never who they are."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from ..models import Order, OrderLine

_AT_ONCE = 500


def buyers(session: Session, subjects: frozenset[str], seller_id: int | None) -> int:
    """Return how many different people paid for goods of a seller (of anybody, if None), at these
    occasions ("cycle:12") and by these orders ("order:5"); what was paid back counts not."""
    orders = sorted(int(each[6:]) for each in subjects if each.startswith("order:"))
    occasions = sorted(each for each in subjects if not each.startswith("order:"))
    people: set[int] = set()
    for within in (*_within(OrderLine.order_id, orders), *_within(OrderLine.occasion, occasions)):
        query = (
            select(Order.person_id)
            .join(OrderLine, OrderLine.order_id == Order.id)
            .where(within, OrderLine.paid > OrderLine.refunded)
            .distinct()
        )
        if seller_id is not None:
            query = query.where(OrderLine.seller_id == seller_id)
        people.update(session.scalars(query))
    return len(people)


def _within(column: object, values: Collection[object]) -> Iterator[ColumnElement[bool]]:
    listed = list(values)
    for begin in range(0, len(listed), _AT_ONCE):
        yield column.in_(listed[begin : begin + _AT_ONCE])  # type: ignore[attr-defined]
