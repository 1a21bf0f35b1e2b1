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
    hosted = viewer.spaces(ACTIVIST)
    statements = queries.statements(session, owned, limit=FEW) if owned else ()
    if viewer.is_steward:
        settlements = queries.settlements(session, None, limit=FEW)
    else:
        settlements = queries.hub_statements(session, hosted, limit=FEW) if hosted else ()
    if not (statements or settlements or viewer.is_steward):
        return []
    context = {
        "statements": statements, "settlements": settlements, "pays_out": viewer.is_steward,
    }  # fmt: skip
    return [Section("assembly/settlement/mine.html", context, order=25)]
