"""What a producer sees of the rounds it takes part in: what is ordered so far, and its sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core.models import Space
from ....market import Order, OrderLine
from ..models import Cycle, Part
from ..rules import State, occasion
from .parts import still_coming
from .rows import AnyRow

_RUNNING = tuple(state.value for state in State if state not in {State.DRAFT, State.SETTLED})


def parts_of_seller(session: Session, seller_id: int, *, limit: int = 8) -> Sequence[AnyRow]:
    """Return the running rounds in which a producer takes part, the next collection first: id,
    title, state, ``hub_name``, times, ``own_cut_off``, outcome and ``sheet_confirmed_at``."""
    return session.execute(
        select(
            Cycle.id,
            Cycle.title,
            Cycle.state,
            Cycle.opens_at,
            Cycle.cut_off,
            Cycle.collect_from,
            Space.name.label("hub_name"),
            Part.cut_off.label("own_cut_off"),
            Part.outcome,
            Part.sheet_confirmed_at,
        )
        .join(Part, Part.cycle_id == Cycle.id)
        .join(Space, Space.id == Cycle.hub_id)
        .where(Part.seller_id == seller_id, Cycle.state.in_(_RUNNING))
        .order_by(Cycle.collect_from, Cycle.id)
        .limit(limit)
    ).all()


def ordered_goods(
    session: Session, seller_id: int, cycle_ids: Sequence[int]
) -> Mapping[str, Sequence[AnyRow]]:
    """Return what stands ordered of a producer in these rounds, by the name of the occasion:
    ``product_name``, ``unit_label`` and ``units``, by name."""
    line = OrderLine
    rows = session.execute(
        select(
            line.occasion,
            line.product_name,
            line.unit_label,
            func.sum(line.quantity).label("units"),
        )
        .join(Order, Order.id == line.order_id)
        .where(
            line.occasion.in_([occasion(each) for each in cycle_ids]),
            line.seller_id == seller_id,
            Order.state != "withdrawn",
            still_coming(),
        )
        .group_by(line.occasion, line.product_id, line.product_name, line.unit_label)
        .order_by(line.product_name, line.unit_label)
    )
    found: dict[str, list[AnyRow]] = {}
    for row in rows:
        found.setdefault(row.occasion, []).append(row)
    return found


def sheet_confirmed(session: Session, cycle_id: int, seller_id: int) -> datetime | None:
    """Return when a producer said that its order sheet is seen."""
    return session.scalar(
        select(Part.sheet_confirmed_at).where(
            Part.cycle_id == cycle_id, Part.seller_id == seller_id
        )
    )


def slug_of_seller(session: Session, seller_id: int) -> str | None:
    """Return the name of a producer's page in its address."""
    return session.scalar(select(Space.slug).where(Space.id == seller_id))
