"""Who may read and write news, on a page and for a program alike."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ....core.answers import Rule
from ....core.errors import NotFound
from ....core.values import STEWARD
from ..desks import Right
from . import queries
from .queries import AnyRow
from .queries.rows import is_public

SEE = "locality.news.see"
WRITE = "locality.news.write"
WRITE_NODE = "locality.news.write_node"
RULES = (
    Rule(SEE, everyone=True),
    Rule(WRITE, roles=frozenset({"owner", "activist"})),
    # News of the node itself: no space, and so nobody but those who run the node.
    Rule(WRITE_NODE, roles=frozenset({STEWARD})),
)
WRITING = Right(WRITE, WRITE_NODE)


def seen_news(session: Session, news_id: int) -> AnyRow:
    """Return news that the viewer may read: those that are public, and one's own."""
    row = queries.news_page(session, news_id)
    if not is_public(row) and not WRITING.held(row.space_id):
        raise NotFound("There are no such news.")
    return row


def own_news(session: Session, news_id: int) -> AnyRow:
    """Return news that the viewer writes; a stranger learns not even that a draft is there."""
    row = seen_news(session, news_id)
    WRITING.check(row.space_id)
    return row
