"""The hubs in whose rounds a product can be had, now or as of late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.models import Space
from .....core.node import Node
from ...orders.models import Order, OrderLine
from ..rules import Opening
from .due import opening

LATELY = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Hub:
    """A hub to choose; ``opening`` is its round that takes orders now, None without one."""

    id: int
    name: str
    address: str
    opening: Opening | None

    @property
    def on(self) -> date | None:
        """The day on which its open round is collected."""
        return self.opening.on if self.opening else None


def hubs_for(node: Node, session: Session, product_id: int) -> list[Hub]:
    """Return the hubs whose rounds offer a product now, and those where it was had lately."""
    now = _open(node, session, product_id)
    lately = session.scalars(
        select(Order.host_id)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(
            OrderLine.product_id == product_id,
            Order.placed_at > node.clock.now() - LATELY,
            Order.occasion.not_like("shop:%"),
        )
        .distinct()
    )
    return _named(session, now, {*now, *lately})


def _open(node: Node, session: Session, product_id: int) -> dict[int, Opening]:
    """Return the rounds that offer it now by their hubs, for each hub the first one."""
    offered = node.host.collect(
        "sale_occasions", node=node, session=session, product_ids=frozenset({product_id})
    )
    found = [
        each
        for terms in offered
        if product_id in terms.offered and terms.closed is None
        if (each := opening(node, terms)) is not None
    ]
    now: dict[int, Opening] = {}
    for each in sorted(found, key=lambda each: (each.on, each.occasion)):
        for host_id in each.host_ids:
            now.setdefault(host_id, each)
    return now


def _named(session: Session, now: dict[int, Opening], host_ids: set[int]) -> list[Hub]:
    if not host_ids:
        return []
    rows = session.execute(
        select(Space.id, Space.name, Space.address)
        .where(Space.id.in_(host_ids), Space.closed_at.is_(None))
        .order_by(Space.name, Space.id)
    ).all()
    hubs = [Hub(row.id, row.name, row.address, now.get(row.id)) for row in rows]
    return sorted(hubs, key=lambda hub: hub.opening is None)
