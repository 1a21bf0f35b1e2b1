"""What projects add to the fund's first page, and to one's own."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from .....core.answers import Section
from .....core.node import Node
from .....core.values import Message, Viewer
from .....core.web import Signpost
from .. import queries

SIGNPOSTS = (
    Signpost("fund.projects", "mountain", Message("Projects", {}),
             Message("What was decided, how far it is, and what it cost so far.", {})),
)  # fmt: skip
FEW = 3


def fund_sections(node: Node, session: Session) -> Sequence[Section]:
    """Return the reports that are overdue, if there are any."""
    late = queries.overdue(session, queries.today(node), FEW)
    if not late:
        return ()
    return (Section("fund/carrying/late.html", {"late": late}, order=35),)


def my_sections(node: Node, session: Session, viewer: Viewer) -> Sequence[Section]:
    """Return the projects that one leads, with what is to be done next."""
    rows = queries.to_do(session, viewer, FEW)
    if not rows:
        return ()
    context = {"rows": rows, "today": queries.today(node)}
    return (Section("fund/carrying/mine.html", context, order=34),)
