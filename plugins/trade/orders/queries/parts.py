"""The orders of one producer at one occasion: mostly one, several if they fit in none."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import TradeLine, TradeOrder
from ..rules.states import Side, State, Word, may
from .wanted import Want, wants


def parts_of(session: Session, occasion: str, mirror_id: int) -> Sequence[TradeOrder]:
    """Return all orders of a producer elsewhere at an occasion, in the order of their parts."""
    return session.scalars(
        select(TradeOrder)
        .where(TradeOrder.occasion == occasion, TradeOrder.mirror_id == mirror_id)
        .order_by(TradeOrder.part)
    ).all()


def products_of(session: Session, order_ids: Collection[int]) -> dict[int, int]:
    """Return in which of these orders each product stands."""
    rows = session.execute(
        select(TradeLine.product_id, TradeLine.order_id)
        .where(TradeLine.order_id.in_(order_ids), TradeLine.product_id.is_not(None))
        .order_by(TradeLine.order_id.desc())
    )
    return {row.product_id: row.order_id for row in rows}


def wants_of(session: Session, order: TradeOrder) -> Sequence[Want]:
    """Return what residents want of what this order is for.

    What no part is for yet is wanted of the last one that can still be changed.
    """
    wanted = wants(session, order.occasion or "", order.mirror_id or 0)
    parts = parts_of(session, order.occasion or "", order.mirror_id or 0)
    if len(parts) == 1:
        return wanted
    stands = products_of(session, [part.id for part in parts])
    open_ = [part.id for part in parts if _may_change(part)]
    last = open_[-1] if open_ else parts[-1].id
    return [want for want in wanted if stands.get(want.product_id, last) == order.id]


def _may_change(order: TradeOrder) -> bool:
    return order.undone_at is None and may(Side.BUYER, Word.AMEND, State(order.state))
