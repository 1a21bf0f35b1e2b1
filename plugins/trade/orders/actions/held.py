"""An order held for a change, its lines as the rules know them, and its steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import audit
from .....core.errors import NotFound, Refused
from .....core.node import Node
from ..models import TradeLine, TradeOrder
from ..queries import as_line
from ..rules.bundles import Line
from ..rules.states import ImpossibleStep, Side, State, Word, step

BUYER, SELLER = Side.BUYER, Side.SELLER


def held(session: Session, order_id: int, side: Side | None = None) -> TradeOrder:
    """Return an order and lock its row; NotFound if there is none on this side."""
    order = session.scalars(
        select(TradeOrder)
        .where(TradeOrder.id == order_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if order is None or (side is not None and order.side != side):
        raise NotFound("There is no such order.")
    return order


def held_by_ref(session: Session, side: Side, buyer: str, ref: str) -> TradeOrder | None:
    """Return the order that this buyer calls so, and lock its row."""
    return session.scalars(
        select(TradeOrder)
        .where(
            TradeOrder.side == side, TradeOrder.buyer_actor == buyer, TradeOrder.order_ref == ref
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def rows_of(session: Session, order_id: int) -> dict[int, TradeLine]:
    """Return the lines of a held order by their numbers."""
    rows = session.scalars(
        select(TradeLine)
        .where(TradeLine.order_id == order_id)
        .order_by(TradeLine.no)
        .execution_options(populate_existing=True)
    )
    return {row.no: row for row in rows}


def lines_of(session: Session, order_id: int) -> dict[int, Line]:
    """Return the lines of an order by their numbers, as the rules know them."""
    return {no: as_line(row) for no, row in rows_of(session, order_id).items()}


def move(node: Node, session: Session, order: TradeOrder, word: Word) -> None:
    """Take the step of this word; Refused if there is none from where the order stands."""
    try:
        after = step(Side(order.side), word, State(order.state))
    except ImpossibleStep:
        raise Refused("This cannot be done with the order any more. Please look again.") from None
    _write(node, session, order, after)


def put(node: Node, session: Session, order: TradeOrder, after: State) -> None:
    """Write a state that ``rules.states.heard`` gave."""
    _write(node, session, order, after)


def _write(node: Node, session: Session, order: TradeOrder, after: State) -> None:
    order.state, order.changed_at = after.value, node.clock.now()
    session.flush()


def record(
    node: Node, session: Session, what: str, order: TradeOrder, actor_id: int | None, **more: Any
) -> None:
    """Write in the audit log what a person did with an order."""
    audit.record(
        session, f"trade.order.{what}", at=node.clock.now(), person_id=actor_id,
        subject=("trade_order", order.id), **more,
    )  # fmt: skip


def write_said(rows: Mapping[int, TradeLine], said: Sequence[Line]) -> None:
    """Write what the seller says of lines that stand."""
    for line in said:
        row = rows[line.no]
        row.agreed, row.price, row.reason = line.agreed, line.price, line.reason
        row.shipped, row.shipped_g, row.lot = line.shipped, line.grams, line.lot
