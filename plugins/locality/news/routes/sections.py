"""What news add to pages of others: the home page, and that of a space."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.values import Message, SpaceFace
from .. import queries
from ..access import WRITING

ON_HOME, ON_SPACE = 4, 3


def home_sections(session: Session) -> list[Section]:
    """Return the newest news of everybody, with those of the node that are pinned before them."""
    pinned = queries.pinned(session, None)
    above = {row.id for row in pinned}
    rows = [*pinned, *(row for row in queries.listed(session, limit=7) if row.id not in above)]
    if not rows:
        return []
    title = Message("News of the neighbourhood", {})
    return [Section("locality/news/home.html", {"rows": rows[:ON_HOME]}, order=30, title=title)]


def space_sections(session: Session, space: SpaceFace) -> list[Section]:
    """Return the pinned and the newest news of a space."""
    pinned = queries.pinned(session, space.id)
    rows = queries.listed(session, space_id=space.id, limit=ON_SPACE, but_pinned=True)
    writes = WRITING.held(space.id)
    if not pinned and not rows and not writes:
        return []
    context = {"space": space, "rows": [*pinned, *rows], "writes": writes}
    return [Section("locality/news/section.html", context, order=20)]
