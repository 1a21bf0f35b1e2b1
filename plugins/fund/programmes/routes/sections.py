"""What programmes add to other pages: the fund's, the home page, and one's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.node import Node
from .....core.values import Message, Viewer
from .....core.web import Signpost
from ...pages import blueprint
from .. import queries
from ..access import last_day
from ..models import Programme

SIGNPOSTS: tuple[Signpost, ...] = (
    Signpost(
        "fund.programmes", "talk", Message("Calls for ideas", {}),
        Message("Propose what the fund's money is used for, and follow what comes of it", {}),
    ),
)  # fmt: skip
_TITLE = Message("Calls for ideas", {})


def _open(node: Node, session: Session, order: int, limit: int) -> Sequence[Section]:
    now = node.clock.now()
    found = queries.open_programmes(session, now, limit)
    if not found:
        return ()
    rows = [(each, queries.phase_of(each, now)) for each in found]
    return (Section("fund/programmes/section.html", {"rows": rows}, order=order, title=_TITLE),)


def fund_sections(node: Node, session: Session) -> Sequence[Section]:
    """Return the calls in which one can do something now."""
    return _open(node, session, 20, 3)


def home_sections(node: Node, session: Session) -> Sequence[Section]:
    """Return calls in which one can do something now; nothing when there is none."""
    return _open(node, session, 35, 2)


def my_sections(node: Node, session: Session, viewer: Viewer) -> Sequence[Section]:
    """Return one's own proposals with how they stand."""
    rows = queries.proposals_of(session, viewer.id, limit=10)
    return (Section("fund/programmes/mine.html", {"proposals": rows}, order=44),) if rows else ()


@blueprint.app_template_global("phase_ends")
def phase_ends(programme: Programme, phase: str) -> date | None:
    """Return the last day of a phase of a programme, None for one without an end."""
    end: datetime | None = getattr(programme, f"{phase}_end", None)
    return None if end is None else last_day(end)
