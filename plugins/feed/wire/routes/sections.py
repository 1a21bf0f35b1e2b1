"""What the wire adds to somebody's own page."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core import follows
from .....core.answers import Section
from .....core.node import Node
from .....core.values import Viewer
from .. import queries


def my_sections(node: Node, session: Session, viewer: Viewer) -> list[Section]:
    """Lead to what one follows elsewhere, and to being known there."""
    if node.hooks.peers(node=node, session=session) is None:
        return []
    ids = queries.ids_of(follows.subjects_of(session, viewer.id))
    known = queries.presence(session, viewer.id)
    return [Section("feed/wire/mine.html", {"count": len(ids), "known": known}, order=69)]
