"""Orders between nodes in lists, and what of them is on its way."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from .....core.talk import Announced
from ..models import TradeEvent, TradeLine, TradeOrder
from ..rules.states import FINAL, Side, State

SIZE = 30
_OVER = [state.value for state in FINAL]
_COMING = [state.value for state in (State.ACCEPTED, State.AMENDING, State.READY, State.SHIPPED)]


def orders_of(
    session: Session,
    space_ids: Collection[int] | None = None,
    *,
    before: int | None = None,
    limit: int = SIZE + 1,
) -> Sequence[TradeOrder]:
    """Return the orders of these spaces (None: of all), newest first, below the id ``before``."""
    query = select(TradeOrder).order_by(TradeOrder.id.desc()).limit(limit)
    if space_ids is not None:
        query = query.where(TradeOrder.space_id.in_(space_ids))
    return session.scalars(query if before is None else query.where(TradeOrder.id < before)).all()


def open_orders(
    session: Session, *, space_id: int | None = None, host: str | None = None, limit: int = SIZE
) -> Sequence[TradeOrder]:
    """Return the orders that are not at an end, of a space or with a node, by their day."""
    query = select(TradeOrder).where(TradeOrder.state.not_in(_OVER))
    if space_id is not None:
        query = query.where(TradeOrder.space_id == space_id)
    if host is not None:
        query = query.where(TradeOrder.peer_host == host)
    return session.scalars(query.order_by(TradeOrder.due_on, TradeOrder.id).limit(limit)).all()


def order_by_id(session: Session, order_id: int) -> TradeOrder:
    """Return an order; NotFound if there is none."""
    return _one(session, TradeOrder.id == order_id)


def order_by_uid(session: Session, uid: str) -> TradeOrder:
    """Return the order whose view here has this name; NotFound if there is none."""
    return _one(session, TradeOrder.uid == uid)


def order_offered(session: Session, ref: str, host: str) -> TradeOrder:
    """Return the order that a node has offered here under this name; NotFound if there is none."""
    return _one(
        session,
        (TradeOrder.order_ref == ref)
        & (TradeOrder.peer_host == host)
        & (TradeOrder.side == Side.SELLER),
    )


def _one(session: Session, condition: ColumnElement[bool]) -> TradeOrder:
    found = session.scalars(select(TradeOrder).where(condition)).first()
    if found is None:
        raise NotFound("There is no such order.")
    return found


def events_of(session: Session, order_id: int, *, limit: int = 100) -> Sequence[TradeEvent]:
    """Return what was said and heard about an order, newest first."""
    query = select(TradeEvent).where(TradeEvent.order_id == order_id)
    return session.scalars(query.order_by(TradeEvent.id.desc()).limit(limit)).all()


def announced(session: Session, occasion: str) -> list[Announced]:
    """Return what producers elsewhere have sent to an occasion, or agreed to bring as long as there
    is no delivery note; all lines of a product together."""
    units = func.coalesce(TradeLine.shipped, TradeLine.agreed).label("units")
    rows = session.execute(
        select(TradeLine.product_id, units, TradeLine.shipped_g, TradeLine.lot)
        .join(TradeOrder, TradeOrder.id == TradeLine.order_id)
        .where(
            TradeOrder.occasion == occasion,
            TradeOrder.state.in_(_COMING),
            TradeLine.product_id.is_not(None),
        )
        .order_by(TradeLine.order_id, TradeLine.no)
    )
    found: dict[int, Announced] = {}
    for row in rows:
        known = found.get(row.product_id)
        together = row.units + (known.units if known else 0)
        grams = (row.shipped_g or 0) + ((known.grams or 0) if known else 0)
        lots = [lot for lot in (known.lot if known else "", row.lot) if lot]
        found[row.product_id] = Announced(
            row.product_id, together, grams or None, ", ".join(dict.fromkeys(lots))
        )
    return list(found.values())


def partner_of(session: Session, uri: str) -> str | None:
    """Return the buyer of the order that stands here under this address; None if none does."""
    mine = (TradeOrder.side == Side.SELLER) & (TradeOrder.bundle_uri == uri)
    return session.scalar(select(TradeOrder.buyer_actor).where(mine))
