"""Residents' orders follow what the seller has said: cheaper goods, and goods that do not come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from .....core.errors import Refused
from .....core.node import Node
from .....core.values import kept_message
from ....assembly import call_off
from ....market import cheapen, order_lines
from ..models import TradeLine, TradeOrder
from ..queries import parts_of
from ..rules.states import UNDONE_BY, Side, State
from .held import held, rows_of
from .letters import tell_residents


def follow(node: Node, payload: Mapping[str, Any]) -> None:
    """Do the work of ``jobs.FOLLOW``: a second time changes nothing.

    In a transaction of its own, since the round is to be held before the order is.
    """
    order_id = int(payload["order_id"])
    try:
        with node.db.write() as session:
            order = _read(session, order_id)
            if order is not None:
                _follow(node, session, order)
    except Refused as refused:
        with node.db.write() as session:
            held(session, order_id).problem = kept_message(refused.message)


def _read(session: Session, order_id: int) -> TradeOrder | None:
    order = session.get(TradeOrder, order_id)
    fits = order is not None and order.side == Side.BUYER and order.occasion is not None
    return order if fits else None


def _follow(node: Node, session: Session, order: TradeOrder) -> None:
    rows = rows_of(session, order.id)
    if State(order.state) in UNDONE_BY:
        others = parts_of(session, order.occasion or "", order.mirror_id or 0)
        whole = all(State(each.state) in UNDONE_BY for each in others)
        _cancel(node, session, order, _products(rows.values()), whole=whole)
        return
    gone = _products(row for row in rows.values() if row.dropped)
    gone -= _products(row for row in rows.values() if not row.dropped)
    if gone:
        _cancel(node, session, order, gone, whole=False)
    _cheapen(node, session, order, rows)


def _cancel(
    node: Node, session: Session, order: TradeOrder, products: Collection[int], *, whole: bool
) -> None:
    """Cancel what residents ordered of these products: they pay nothing for it and are told."""
    occasion, mirror_id = order.occasion or "", order.mirror_id or 0
    lines = call_off(node, session, occasion, mirror_id, products, whole=whole)
    if lines:
        tell_residents(node, session, order, lines)


def _products(rows: Iterable[TradeLine]) -> set[int]:
    return {row.product_id for row in rows if row.product_id is not None}


def _cheapen(
    node: Node, session: Session, order: TradeOrder, rows: Mapping[int, TradeLine]
) -> None:
    """Let residents pay no more than the seller asks."""
    occasion = order.occasion or ""
    lower = {row.product_id: row.price for row in rows.values() if row.agreed and row.product_id}
    prices = {
        line.line_id: lower[line.product_id]
        for line in order_lines(session, occasion, seller_id=order.mirror_id, states=("placed",))
        if line.product_id in lower and line.price > lower[line.product_id]
    }
    if prices:
        cheapen(node, session, occasion, prices)
