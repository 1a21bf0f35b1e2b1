"""Settled lines with who paid them and what of them was taken back already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import Session

from ....core.errors import NotFound
from ....core.models import Person
from ....core.values import Split, Won
from ...market import Order
from ..cycles.models import Cycle
from ..settlement.models import Correction, SettledLine
from ..settlement.queries import summed

SIZE = 50


@dataclass(frozen=True, slots=True)
class LinePage:
    """A settled line, its shares as they were given and as they were taken back since."""

    line: Row[Any]
    given: Split
    back: Split
    corrections: Sequence[Row[Any]]

    @property
    def left(self) -> Won:
        return Won(self.given.paid - self.back.paid)


def settled_lines(
    session: Session, cycle_id: int, *, search: str = "", after: int | None = None,
    limit: int = SIZE + 1,
) -> Sequence[Row[Any]]:  # fmt: skip
    """Return the lines of a settled round by rising id, from the id ``after`` on.

    ``search``: an order's number, or a part of a name of person, product or producer. Of each row:
    line_id, seller_name, product_name, unit_label, quantity, tax_class, paid, number, person_name
    and ``back``, the won taken back of it since.
    """
    back = (
        select(summed(Correction.amount))
        .where(Correction.line_id == SettledLine.line_id)
        .scalar_subquery()
    )
    query = (
        _lines(back.label("back"))
        .where(SettledLine.cycle_id == cycle_id)
        .order_by(SettledLine.line_id)
        .limit(limit)
    )
    if after is not None:
        query = query.where(SettledLine.line_id > after)
    if search.strip():
        query = query.where(_matching(search.strip()))
    return session.execute(query).all()


def _lines(*besides: Any) -> Select[Any]:
    return (
        select(
            *SettledLine.__table__.c,
            Order.number,
            Order.person_id,
            Order.person_name,
            *besides,
        )
        .outerjoin(Order, Order.id == SettledLine.order_id)
    )  # fmt: skip


def _matching(text: str) -> Any:
    named = (Order.person_name, SettledLine.product_name, SettledLine.seller_name)
    return or_(
        Order.number == text.upper().replace(" ", ""),
        *(column.icontains(text, autoescape=True) for column in named),
    )


def line_page(session: Session, line_id: int) -> LinePage:
    """Return a settled line; NotFound if no such line was settled.

    Its row: the settled line's columns, number, person_id and person_name of its order, and title,
    place and round_hub_id of its round.
    """
    row = session.execute(
        _lines(Cycle.title, Cycle.place, Cycle.hub_id.label("round_hub_id"))
        .join(Cycle, Cycle.id == SettledLine.cycle_id)
        .where(SettledLine.line_id == line_id)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such line in a settled round.")
    given = Split(Won(row.producer), Won(row.activist), Won(row.centre))
    made = _corrections_of(session, line_id)
    back = [sum(getattr(each, name) for each in made) for name in Split.__dataclass_fields__]
    return LinePage(row, given, Split(*map(Won, back)), made)


def _corrections_of(session: Session, line_id: int) -> Sequence[Row[Any]]:
    query: Select[Any] = (
        select(*Correction.__table__.c, Person.name.label("actor_name"))
        .outerjoin(Person, Person.id == Correction.actor_id)
        .where(Correction.line_id == line_id)
        .order_by(Correction.id)
    )
    return session.execute(query).all()


def corrected_of(session: Session, cycle_id: int) -> int:
    """Return how many won of a settled round were taken back since."""
    total = select(func.coalesce(func.sum(Correction.amount), 0))
    return int(session.scalar(total.where(Correction.cycle_id == cycle_id)) or 0)
