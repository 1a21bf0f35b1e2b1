"""A new round begins as the last one of its hub was: producers, products, terms, further hubs."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.node import Node
from ....market import Product
from ..models import Cycle, Offer
from ..rules import State
from .offers import choose_producers, leave_out
from .parts import copy_parts
from .points import copy_points


def copy_last(node: Node, session: Session, cycle: Cycle, *, actor_id: int | None) -> None:
    """Fill a draft from the hub's last round, of the opened ones if there is any.

    Products that are new since then come in too; those that were left out then stay out.
    """
    source = _last(session, cycle)
    if source is None:
        return
    offered = {
        row.product_id: row.seller_id
        for row in session.execute(
            select(Offer.product_id, Offer.seller_id).where(Offer.cycle_id == source.id)
        )
    }
    if not offered:
        return
    choose_producers(node, session, cycle.id, set(offered.values()), actor_id=actor_id)
    left_out = session.scalars(
        select(Offer.product_id)
        .join(Product, Product.id == Offer.product_id)
        .where(Offer.cycle_id == cycle.id, Product.created_at < source.created_at)
        .where(Offer.product_id.not_in(offered))
    )
    leave_out(session, cycle.id, left_out.all())
    copy_parts(session, source, cycle)
    copy_points(session, source, cycle)


def _last(session: Session, cycle: Cycle) -> Cycle | None:
    """Return the hub's newest other round, one that was opened before a mere draft."""
    return session.scalars(
        select(Cycle)
        .where(Cycle.hub_id == cycle.hub_id, Cycle.id != cycle.id)
        .order_by(Cycle.state == State.DRAFT.value, Cycle.id.desc())
        .limit(1)
    ).one_or_none()
