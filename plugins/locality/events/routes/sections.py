"""What events add to pages of others: the home page, a space's, one's own."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.node import Node
from .....core.values import Message, SpaceFace, Viewer
from .. import queries
from ..access import HOLDING

ON_HOME, ON_SPACE = 4, 4


def home_sections(node: Node, session: Session) -> list[Section]:
    """Return what comes next in the neighbourhood."""
    rows = queries.coming(session, node.clock.now(), limit=ON_HOME, once=True)
    if not rows:
        return []
    title = Message("Coming events", {})
    return [Section("locality/events/home.html", {"dates": rows}, order=25, title=title)]


def space_sections(node: Node, session: Session, space: SpaceFace) -> list[Section]:
    """Return what a space invites to."""
    rows = queries.coming(session, node.clock.now(), space_id=space.id, limit=ON_SPACE, once=True)
    holds = HOLDING.held(space.id)
    if not rows and not holds:
        return []
    context = {"space": space, "dates": rows, "holds": holds}
    return [Section("locality/events/section.html", context, order=18)]


def my_sections(node: Node, session: Session, viewer: Viewer) -> list[Section]:
    """Return the events to which one comes."""
    rows = queries.mine(session, viewer.id, node.clock.now())
    return [Section("locality/events/mine.html", {"dates": rows}, order=17)] if rows else []
