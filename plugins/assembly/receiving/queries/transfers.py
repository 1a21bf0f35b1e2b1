"""Goods on their way between the hubs of a round, and what still has to go."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from .....core.errors import NotFound
from .....core.models import Space
from ....market import Order, OrderLine
from ...cycles.models import Cycle, Point
from ...cycles.queries import AnyRow
from ...cycles.rules import occasion
from ..models import TransferLine, TransferNote
from ..rules import MOVING


@dataclass(frozen=True, slots=True)
class Note:
    """A transfer note with the names of both hubs, and its lines."""

    row: AnyRow
    lines: Sequence[AnyRow]


def hubs_of(session: Session, cycle_id: int) -> dict[int, str]:
    """Return the names of a round's hubs by id, its own first; NotFound if there is no round."""
    own = session.execute(
        select(Cycle.hub_id, Cycle.place).where(Cycle.id == cycle_id)
    ).one_or_none()
    if own is None:
        raise NotFound("There is no such round.")
    points = session.execute(
        select(Point.hub_id, Point.place)
        .where(Point.cycle_id == cycle_id)
        .order_by(Point.place, Point.hub_id)
    )
    return {own.hub_id: own.place} | {row.hub_id: row.place for row in points}


def moved_goods(session: Session, cycle_id: int, hub_id: int) -> Sequence[AnyRow]:
    """Return what still has to go to a hub for the orders collected there, by producer and name:
    product_id, product_name, unit_label, seller_name, and ``quantity`` that is on no note yet."""
    line = OrderLine
    sent = (
        select(
            TransferLine.product_id,
            func.sum(func.coalesce(TransferLine.received, TransferLine.quantity)).label("units"),
        )
        .join(TransferNote, TransferNote.id == TransferLine.note_id)
        .where(TransferNote.cycle_id == cycle_id, TransferNote.to_hub_id == hub_id)
        .group_by(TransferLine.product_id)
        .subquery()
    )
    quantity = func.sum(line.delivered) - func.coalesce(func.max(sent.c.units), 0)
    return session.execute(
        select(
            line.product_id,
            func.max(line.product_name).label("product_name"),
            func.max(line.unit_label).label("unit_label"),
            func.max(line.seller_name).label("seller_name"),
            quantity.label("quantity"),
        )
        .join(Order, Order.id == line.order_id)
        .outerjoin(sent, sent.c.product_id == line.product_id)
        .where(
            line.occasion == occasion(cycle_id),
            Order.host_id == hub_id,
            Order.state.in_(("placed", "collected")),
        )
        .group_by(line.product_id)
        .having(quantity > 0)
        .order_by(func.max(line.seller_name), func.max(line.product_name), line.product_id)
    ).all()


def notes_of(session: Session, cycle_id: int) -> Sequence[AnyRow]:
    """Return the transfer notes of a round, newest first, with kinds and units."""
    line = TransferLine
    return session.execute(
        _notes()
        .add_columns(
            func.count(line.product_id).label("lines"), func.sum(line.quantity).label("units")
        )
        .join(line, line.note_id == TransferNote.id)
        .where(TransferNote.cycle_id == cycle_id)
        .group_by(*_SHOWN)
        .order_by(TransferNote.id.desc())
    ).all()


def note_by_id(session: Session, cycle_id: int, note_id: int) -> Note:
    """Return a transfer note of a round; NotFound if it is none of its."""
    row = session.execute(
        _notes().where(TransferNote.id == note_id, TransferNote.cycle_id == cycle_id)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such transfer note.")
    line = TransferLine.__table__.c
    lines = session.execute(
        select(*line)
        .where(line.note_id == note_id)
        .order_by(line.seller_name, line.product_name, line.product_id)
    ).all()
    return Note(row, lines)


_FROM, _TO = aliased(Space), aliased(Space)
_SHOWN = (*TransferNote.__table__.c, _FROM.name, _TO.name)


def _notes() -> Select[*tuple[Any, ...]]:
    return (
        select(
            *TransferNote.__table__.c,
            _FROM.name.label("from_name"),
            _TO.name.label("to_name"),
        )
        .join(_FROM, _FROM.id == TransferNote.from_hub_id)
        .join(_TO, _TO.id == TransferNote.to_hub_id)
    )


def points_of(session: Session, hub_ids: Collection[int]) -> Sequence[AnyRow]:
    """Return the rounds under way that are handed out at these hubs besides at their own."""
    return session.execute(
        select(Cycle.id, Cycle.title, Cycle.state, Point.place, Point.collect_from)
        .join(Point, Point.cycle_id == Cycle.id)
        .where(Point.hub_id.in_(hub_ids), Cycle.state.in_([state.value for state in MOVING]))
        .order_by(Point.collect_from, Cycle.id)
        .limit(10)
    ).all()
