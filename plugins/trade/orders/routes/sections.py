"""What orders add to pages of others: the day's work, one's own page, what is open with a node."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.node import Node
from .....core.talk import Matter
from .....core.values import SpaceFace, Viewer
from .....core.web import can
from .. import queries
from .access import READ
from .words import state_of


def today_sections(node: Node, session: Session, space: SpaceFace) -> list[Section]:
    """Return the orders of a space that are on their way, for whoever runs it."""
    if space.kind not in {"producer", "shop", "hub"} or not can(READ, space.id):
        return []
    rows = queries.open_orders(session, space_id=space.id)
    if not rows:
        return []
    context = {"orders": rows, "state_of": state_of}
    return [Section("trade/orders/today.html", context, order=15)]


def my_sections(session: Session, viewer: Viewer) -> list[Section]:
    """Return the way to the orders of the spaces that one runs, if there are any."""
    own = viewer.spaces("activist", "owner")
    if not viewer.is_steward and not own:
        return []
    rows = queries.orders_of(session, None if viewer.is_steward else own, limit=3)
    if not rows:
        return []
    return [Section("trade/orders/mine.html", {"orders": rows, "state_of": state_of}, order=35)]


def matters(session: Session, host: str) -> list[Matter]:
    """Return the orders with a node that are not at an end."""
    return [
        Matter(f"{order.title} · {order.peer_name}", f"/trade/orders/{order.id}")
        for order in queries.open_orders(session, host=host, limit=200)
    ]
