"""Taking units from what is counted and giving them back, never below zero."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import BindParameter, Table, bindparam, select, update
from sqlalchemy.orm import Session

from .....core.errors import Refused
from .....core.statements import Statement, Written, together
from .....core.values import Message
from ...catalog.models import Product
from ...catalog.rules import titled
from ..rules import left_of

_PRODUCTS: Table = Product.__table__  # type: ignore[assignment]
_units: BindParameter[int] = bindparam("units")
_TAKE = Statement(
    update(_PRODUCTS)
    .where(
        _PRODUCTS.c.id == bindparam("product_id"),
        _PRODUCTS.c.listed,
        _PRODUCTS.c.stock.is_(None) | (_PRODUCTS.c.stock >= _units),
    )
    .values(stock=_PRODUCTS.c.stock - _units)
)
_GIVE = Statement(
    update(_PRODUCTS)
    .where(_PRODUCTS.c.id == bindparam("product_id"))
    .values(stock=_PRODUCTS.c.stock + _units)
)


class Short(Refused):
    """Something cannot be had; ``problems`` says for each product why, the first one in words."""

    def __init__(self, problems: Mapping[int, Message]) -> None:
        self.problems = dict(problems)
        first = next(iter(self.problems.values()))
        super().__init__(first.text, **first.values)


def move_stock(session: Session, units: Mapping[int, int]) -> None:
    """Take (above 0) or give back (below 0) units of counted products; ``Short`` if some lack."""
    with together(session):
        taken = taking(session, units)
    check_taken(session, taken)


def taking(session: Session, units: Mapping[int, int]) -> dict[int, Written]:
    """Move units as ``move_stock`` does and return what was to be taken, for ``check_taken``.

    The condition stands in the statement itself, so that of two who want the last unit one gets
    it. Products in the order of their ids: two orders never wait for each other in a circle.
    """
    taken = {}
    for product_id in sorted(units):
        wanted = units[product_id]
        values = {"product_id": product_id, "units": abs(wanted)}
        if wanted > 0:
            taken[product_id] = _TAKE.write(session, values)
        else:
            _GIVE.write(session, values)
    return taken


def check_taken(session: Session, taken: Mapping[int, Written]) -> None:
    """Raise ``Short`` if some of it was not there; not before the end of ``together``."""
    lacking = [product_id for product_id, made in taken.items() if made.count != 1]
    if lacking:
        raise Short(_what_is_left(session, lacking))


def _what_is_left(session: Session, product_ids: list[int]) -> dict[int, Message]:
    columns = _PRODUCTS.c
    rows = session.execute(
        select(columns.id, columns.name, columns.variant, columns.stock, columns.listed)
        .where(columns.id.in_(product_ids))
        .order_by(columns.id)
    )
    return {
        row.id: left_of(titled(row.name, row.variant), row.stock if row.listed else None)
        for row in rows
    }
