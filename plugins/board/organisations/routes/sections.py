"""What organisations add to pages of others: their own page in the core, and one's own."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.node import Node
from .....core.values import SpaceFace, Viewer
from .....core.web import can
from .. import queries
from ..access import RUN, VERIFY
from ..rules import FORMS


def space_sections(node: Node, session: Session, space: SpaceFace) -> Sequence[Section]:
    """Return who an organisation is: its kind, the badge, its team, plans, reports and books."""
    if space.kind != "organisation":
        return []
    about = queries.about_of(session, space.id)
    runs = can(RUN, space.id)
    readable = about.books_open or runs
    context = {
        "space": space, "about": about, "forms": FORMS, "runs": runs, "verifies": can(VERIFY),
        "badge": queries.badge_of(session, space.id, node.clock.now()),
        "team": queries.team_of(session, space.id),
        "reports": queries.reports_of(session, space.id, 6),
        "books": queries.books_of(node, session, space.id) if readable else None,
    }  # fmt: skip
    return [Section("board/organisations/space.html", context, order=10)]


def my_sections(node: Node, session: Session, viewer: Viewer) -> Sequence[Section]:
    """Return who asks to name one, as long as that is not answered; to stewards, which
    organisations wait for their look."""
    rows = [row for row in queries.invitations(session, viewer.id) if row.agreed_at is None]
    waiting = queries.unverified(session, node.clock.now()) if viewer.is_steward else ()
    if not rows and not waiting:
        return []
    return [Section("board/organisations/mine.html", {"rows": rows, "waiting": waiting}, order=12)]
