"""The seller's goods of an order: held in the counted stock, and given back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from ....market import Product, move_stock
from ...goods.queries import state as published
from ..models import TradeLine, TradeOrder
from ..rules.answering import Now
from ..rules.bundles import Line
from .held import rows_of, write_said


def product_of(session: Session, order: TradeOrder, proposal: str) -> Product | None:
    """Return the seller's product that a proposal of this node names."""
    node_part, _, id_ = proposal.rpartition("/proposals/")
    if not order.seller_actor.startswith(f"{node_part}/") or not id_.isdecimal() or len(id_) > 15:
        return None
    product = session.get(Product, int(id_))
    return product if product is not None and product.seller_id == order.space_id else None


def goods_of(
    session: Session, order: TradeOrder, rows: Iterable[TradeLine]
) -> dict[int, Now | None]:
    """Return the goods of these lines by their numbers, locked so that nobody sells them now; none
    of a seller who publishes nothing for other nodes."""
    open_ = published(session, order.space_id) is not None
    kept = {row.no: row.product_id if open_ else None for row in rows}
    products = session.scalars(
        select(Product)
        .where(Product.id.in_([id_ for id_ in kept.values() if id_ is not None]))
        .order_by(Product.id)
        # Lines that were just written hold their products as foreign keys do; a lock that those
        # keep from being taken would let two orders wait for each other for ever.
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    now = {
        each.id: Now(
            each.id, each.price, each.listed, each.stock, each.minimum, each.step, each.sold_by
        )
        for each in products
    }
    return {no: now.get(id_) if id_ is not None else None for no, id_ in kept.items()}


def reserve(
    session: Session,
    rows: Mapping[int, TradeLine],
    said: Mapping[int, Line],
    goods: Mapping[int, Now | None],
    *,
    promised: bool = False,
) -> None:
    """Take what is agreed from the counted stock, or give back what is not; write it.

    ``promised``: what stands in the rows was accepted before.
    """
    units: dict[int, int] = {}
    for no, row in rows.items():
        line, now = said.get(no), goods.get(no)
        wanted = _to_hold(row, line.agreed if line is not None else 0, now, promised=promised)
        if row.product_id is not None and wanted != row.held:
            units[row.product_id] = units.get(row.product_id, 0) + wanted - row.held
        row.held = wanted
        if line is None:
            row.agreed, row.reason = 0, ""
    write_said(rows, list(said.values()))
    session.flush()
    move_stock(session, {product: number for product, number in units.items() if number})


def _to_hold(row: TradeLine, agreed: int, now: Now | None, *, promised: bool) -> int:
    """Return how many units of the counted stock are to be held for a line."""
    if now is None:  # not on sale: nothing more is taken, and only what is given up goes back
        return min(row.held, agreed)
    if now.left is None:
        return 0  # on demand: what was taken while it was counted goes back
    if promised:  # what was on demand when it was promised is not taken from what is counted since
        return min(agreed, row.held + max(0, agreed - row.agreed))
    return agreed


def release(session: Session, order: TradeOrder) -> None:
    """Give back all that is held for an order."""
    rows = rows_of(session, order.id)
    reserve(session, rows, {}, {})
