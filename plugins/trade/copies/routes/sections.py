"""Parts of other pages: what a space stands for, and the way to producers of other nodes."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.values import SpaceFace, Viewer
from .....core.web import can
from .. import queries
from .access import SOURCES
from .sources import age


def on_space(session: Session, space: SpaceFace) -> list[Section]:
    """Return on the page of a producer of another node where they are at home."""
    found = queries.source_of_space(session, space.id) if space.kind == "producer" else None
    if found is None:
        return []
    context = {"source": found, "age": age(found), "manages": can(SOURCES)}
    return [Section("trade/copies/space.html", context, order=10)]


def on_my_page(viewer: Viewer) -> list[Section]:
    """Return the way to producers of other nodes, for those who choose what rounds offer."""
    if not (viewer.is_steward or viewer.spaces("activist")):
        return []
    return [Section("trade/copies/mine.html", order=60)]
