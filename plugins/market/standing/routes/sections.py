"""The standing orders' part of one's own page: one's own, and what failed where one hands out."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.node import Node
from .....core.values import Viewer
from .. import queries


def on_my_page(node: Node, session: Session, viewer: Viewer) -> list[Section]:
    """Return the way to one's standing orders, and to those that failed at one's hubs."""
    hubs = viewer.spaces("activist")
    context = {
        "number": queries.number_of(session, viewer.id),
        "failed": queries.failures(session, hubs, since=queries.today(node)),
    }
    return [Section("market/standing/section.html", context, order=7)]
