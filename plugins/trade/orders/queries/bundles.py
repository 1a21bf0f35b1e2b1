"""An order of this node as the document that its rules know."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.node import Node
from ..models import TradeLine, TradeOrder
from ..rules.bundles import Bundle, Line
from ..rules.states import State


def as_line(row: TradeLine) -> Line:
    """Return a row as the rules know a line."""
    return Line(
        no=row.no,
        proposal=row.proposal,
        version=row.proposal_version,
        seen=row.seen,
        wanted=row.wanted,
        sold_by=row.sold_by,
        agreed=row.agreed,
        price=row.price,
        reason=row.reason,
        shipped=row.shipped,
        grams=row.shipped_g,
        lot=row.lot,
    )


def rows_of_order(session: Session, order_id: int) -> list[TradeLine]:
    """Return the lines of an order by their numbers."""
    query = select(TradeLine).where(TradeLine.order_id == order_id).order_by(TradeLine.no)
    return list(session.scalars(query))


def bundle_of(node: Node, session: Session, order: TradeOrder) -> Bundle:
    """Return an order as it stands in this side's book."""
    return Bundle(
        ref=order.order_ref,
        buyer=order.buyer_actor,
        seller=order.seller_actor,
        version=order.version,
        due=order.due_on,
        title=order.title,
        buyer_name=order.buyer_name,
        deliver_to=order.deliver_to,
        activist_bp=order.activist_bp,
        centre_bp=order.centre_bp,
        view=view_address(node, order),
        lines=tuple(as_line(row) for row in rows_of_order(session, order.id)),
        uri=order.bundle_uri,
        state=State(order.state),
        revision=order.revision,
        answered=order.answered,
        expires=order.expires_at,
        cut_off=order.cut_off,
        reason=order.reason,
    )


def view_address(node: Node, order: TradeOrder) -> str:
    """Return the address at which this side shows its view of an order to the other one."""
    return f"{base(node)}/trade/bundles/{order.uid}"


def base(node: Node) -> str:
    """Return the public address of this node, without a slash at its end."""
    return node.settings.node.address.rstrip("/")
