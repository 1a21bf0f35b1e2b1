"""An activist picks copies into a round: each becomes a product here and is offered in it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from .....core.errors import NotFound, Refused
from .....core.node import Node
from ....assembly import offer_more
from ..models import Source
from ..rules import is_too_old
from .mirroring import make_products

MOST_PICKED = 500
"""Goods that are picked at once."""


def pick(
    node: Node, session: Session, source_id: int, copy_ids: Collection[int], *, cycle_id: int,
    person_id: int,
) -> int:  # fmt: skip
    """Offer these copies of a source in a round and return how many of them can be had."""
    source = session.get(Source, source_id, with_for_update=True)
    now = node.clock.now()
    if source is None or source.ended_at is not None:
        raise NotFound("This producer is not followed.")
    if is_too_old(source.fetched_at, now):
        raise Refused(
            "These copies are too old to be ordered. As soon as the other node answers again, they"
            " can be."
        )
    if not copy_ids:
        raise Refused("Please tick at least one product.")
    products = make_products(session, source, sorted(copy_ids)[:MOST_PICKED], at=now)
    offer_more(node, session, cycle_id, source.seller_id, products, actor_id=person_id)
    return len(products)
