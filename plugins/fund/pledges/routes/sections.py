"""What drives add to the fund's first page, to the home page, and to one's own."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.node import Node
from .....core.values import Message, Viewer
from .....core.web import Signpost
from .. import queries
from ..actions import today
from ..rules import phase_of, status_of

SIGNPOSTS = (
    Signpost("fund.drives", "heart", Message("Raise together", {}),
             Message("Pledge for something here; it happens if enough comes together.", {})),
)  # fmt: skip
FEW = 3


def _open(node: Node, session: Session, limit: int) -> dict[str, object] | None:
    rows = queries.drives(session, over=False, limit=limit)
    if not rows:
        return None
    day = today(node)
    return {"drives": rows, "standings": queries.standings(session, rows),
            "phases": {row.id: phase_of(row, day) for row in rows}}  # fmt: skip


def fund_sections(node: Node, session: Session) -> Sequence[Section]:
    """Return the newest drives that are open, if there are any."""
    context = _open(node, session, FEW)
    return () if context is None else (Section("fund/pledges/section.html", context, order=30),)


def home_sections(node: Node, session: Session) -> Sequence[Section]:
    """Return the newest drives that are open, for the home page."""
    context = _open(node, session, 2)
    if context is None:
        return ()
    title = Message("Raise together", {})
    return (Section("fund/pledges/section.html", context, order=58, title=title),)


def my_sections(session: Session, viewer: Viewer) -> Sequence[Section]:
    """Return one's own newest pledges."""
    rows = queries.mine(session, viewer.id, limit=FEW)
    if not rows:
        return ()
    context = {"pledges": rows, "status_of": status_of}
    return (Section("fund/pledges/mine_section.html", context, order=62),)
