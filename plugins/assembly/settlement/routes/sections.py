"""What settlements add to one's own page: the newest statements."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.values import Viewer
from ...cycles.rules import ACTIVIST
from .. import queries

FEW = 3


def my_sections(session: Session, viewer: Viewer) -> list[Section]:
    """Return the newest statements of one's producers and hubs; a steward sees every hub's."""
    owned = viewer.spaces("owner")
    hosted = None if viewer.is_steward else viewer.spaces(ACTIVIST)
    statements = queries.statements(session, owned, limit=FEW) if owned else ()
    settlements = () if hosted == frozenset() else queries.settlements(session, hosted, limit=FEW)
    if not statements and not settlements:
        return []
    context = {"statements": statements, "settlements": settlements}
    return [Section("assembly/settlement/mine.html", context, order=25)]
