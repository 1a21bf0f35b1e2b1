"""What activities add to pages of others: the home page, an organisation's page."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.values import Message, SpaceFace
from .. import queries


def home_sections(session: Session) -> Sequence[Section]:
    """Return what organisations here did lately."""
    rows = queries.listed(session, limit=3)
    title = Message("What organisations do", {})
    return [Section("board/activities/home.html", {"rows": rows}, 45, title)] if rows else []


def space_sections(session: Session, space: SpaceFace) -> Sequence[Section]:
    """Return what an organisation did lately."""
    if space.kind != "organisation":
        return []
    rows = queries.listed(session, space_id=space.id, limit=3)
    context = {"rows": rows, "space": space}
    return [Section("board/activities/space.html", context, order=12)] if rows else []
