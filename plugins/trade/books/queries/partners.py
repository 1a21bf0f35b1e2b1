"""Who is on the other side of what the books have said: only they may answer it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.addresses import host_of
from .....core.node import Node
from ...orders.models import TradeOrder
from ..models import Booking, NettingStatement


def partner_of(node: Node, session: Session, uri: str) -> str | None:
    """Return the actor to whom this node has sent an event or a statement of this address.

    What concerns an order was sent to its seller, all else to the other node itself.
    """
    event = session.execute(
        select(Booking.host, TradeOrder.seller_actor)
        .outerjoin(TradeOrder, TradeOrder.id == Booking.order_id)
        .where(Booking.event_id == uri, Booking.made_here)
    ).one_or_none()
    if event is not None and event.seller_actor:
        return str(event.seller_actor)
    stated = select(NettingStatement.host).where(
        NettingStatement.uri == uri, NettingStatement.made_here
    )
    host = event.host if event is not None else session.scalar(stated)
    known = (node.hooks.peers(node=node, session=session) or ()) if host else ()
    return next((peer.actor for peer in known if host_of(peer.actor) == host), None)
