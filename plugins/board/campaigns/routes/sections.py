"""What campaigns add to pages of others: the home page, an organisation's, one's own."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.values import Message, SpaceFace, Viewer
from .....core.web import can
from .. import queries
from ..access import RUN

ON_HOME, ON_SPACE = 3, 6


def home_sections(session: Session) -> Sequence[Section]:
    """Return the newest campaigns that are open."""
    rows = queries.open_campaigns(session, ON_HOME)
    if not rows:
        return ()
    title = Message("Campaigns", {})
    return (Section("board/campaigns/home.html", {"campaigns": rows}, order=45, title=title),)


def space_sections(session: Session, space: SpaceFace) -> Sequence[Section]:
    """Return the campaigns of an organisation; its drafts for those who run it."""
    if space.kind != "organisation":
        return ()
    runs = can(RUN, space.id)
    rows = queries.campaigns(session, space_id=space.id, drafts=runs, limit=ON_SPACE)
    if not rows and not runs:
        return ()
    context = {"campaigns": rows, "space": space, "runs": runs}
    return (Section("board/campaigns/section.html", context, order=20),)


def my_sections(session: Session, viewer: Viewer) -> Sequence[Section]:
    """Return the campaigns in which one takes part."""
    rows = queries.joined(session, viewer.id)
    return (Section("board/campaigns/mine.html", {"campaigns": rows}, order=40),) if rows else ()
