"""Statements and settlements, newest first: those of some sellers, of some hubs, or all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, Select, literal, select, tuple_
from sqlalchemy.orm import Session

from .....core.answers import SoldLine
from .....core.values import Won
from ...cycles.models import Cycle
from ...cycles.rules import cycle_of
from ..models import HubStatement, SettledLine, Settlement, Statement


def statements(
    session: Session, seller_ids: Collection[int], *,
    before: tuple[int, int] | None = None, limit: int = 20,
) -> Sequence[Row[Any]]:  # fmt: skip
    """Return statements of these sellers, below the pair ``before`` of round and seller.

    Of each row: cycle_id, seller_id, seller_name, title, settled_at, lines, exempt, taxed and the
    three shares.
    """
    here = Statement.cycle_id, Statement.seller_id
    query: Select[Any] = (
        select(*Statement.__table__.c, Cycle.title, Settlement.settled_at)
        .join(Cycle, Cycle.id == Statement.cycle_id)
        .join(Settlement, Settlement.cycle_id == Statement.cycle_id)
        .where(Statement.seller_id.in_(seller_ids))
        .order_by(Statement.cycle_id.desc(), Statement.seller_id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(tuple_(*here) < tuple_(*map(literal, before)))
    return session.execute(query).all()


def hub_statements(
    session: Session, hub_ids: Collection[int], *,
    before: tuple[int, int] | None = None, limit: int = 20,
) -> Sequence[Row[Any]]:  # fmt: skip
    """Return statements of these hubs, below the pair ``before`` of round and hub.

    Of each row: cycle_id, hub_id, hub_name, title, settled_at, round_hub_id (the hub that ran the
    round), lines, exempt, taxed and the three shares.
    """
    here = HubStatement.cycle_id, HubStatement.hub_id
    query: Select[Any] = (
        select(
            *HubStatement.__table__.c,
            Cycle.title,
            Settlement.settled_at,
            Settlement.hub_id.label("round_hub_id"),
        )
        .join(Cycle, Cycle.id == HubStatement.cycle_id)
        .join(Settlement, Settlement.cycle_id == HubStatement.cycle_id)
        .where(HubStatement.hub_id.in_(hub_ids))
        .order_by(HubStatement.cycle_id.desc(), HubStatement.hub_id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(tuple_(*here) < tuple_(*map(literal, before)))
    return session.execute(query).all()


def settlements(
    session: Session, hub_ids: Collection[int] | None, *,
    before: int | None = None, limit: int = 20,
) -> Sequence[Row[Any]]:  # fmt: skip
    """Return settlements of these hubs, of all if None, below the round's id ``before``.

    Of each row: cycle_id, hub_id, hub_name, title, settled_at, lines, exempt, taxed and the three
    shares.
    """
    query: Select[Any] = (
        select(*Settlement.__table__.c, Cycle.title)
        .join(Cycle, Cycle.id == Settlement.cycle_id)
        .order_by(Settlement.cycle_id.desc())
        .limit(limit)
    )
    if hub_ids is not None:
        query = query.where(Settlement.hub_id.in_(hub_ids))
    if before is not None:
        query = query.where(Settlement.cycle_id < before)
    return session.execute(query).all()


def sold_lines(session: Session, occasion: str, seller_id: int, most: int) -> list[SoldLine]:
    """Return the settled lines of a seller in a round, by product; never whose they are."""
    cycle_id = cycle_of(occasion)
    if cycle_id is None:
        return []
    line = SettledLine
    rows = session.execute(
        select(line.product_name, line.unit_label, line.quantity, line.paid, line.centre)
        .where(line.cycle_id == cycle_id, line.seller_id == seller_id)
        .order_by(line.product_name, line.unit_label, line.quantity, line.paid)
        .limit(most)
    )
    return [
        SoldLine(row.product_name, row.unit_label, row.quantity, Won(row.paid), Won(row.centre))
        for row in rows
    ]
