"""News of the node: the feeds that plugins answer with, and the one that joins them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from ..documents import Feed, FeedEntry
from ..models import Space
from ..node import Node
from ..search.queries import SPACES
from ..values import Message, Text

log = structlog.get_logger("wizzle.web")

ALL = "news"
"""The name of the feed in which all others are."""

_NEW = Message("%(name)s has a page here now", {})


def feeds(node: Node) -> list[Feed]:
    """Return the feeds of this node in their order, without the one that joins them."""
    found: list[Feed] = [_PLACES, *node.host.collect("feeds", node=node)]
    return sorted(found, key=lambda each: each.order)


def newest(session: Session, chosen: Sequence[Feed], limit: int) -> list[tuple[Feed, FeedEntry]]:
    """Return the newest entries of these feeds, each beside its feed."""
    found = [(feed, entry) for feed in chosen for entry in _entries(session, feed, limit)]
    return sorted(found, key=lambda pair: pair[1].at, reverse=True)[:limit]


def _entries(session: Session, feed: Feed, limit: int) -> Sequence[FeedEntry]:
    try:
        return feed.entries(session, limit)
    except Exception:  # one bad plugin must not silence the others
        log.exception("feed left out", feed=feed.name)
        return []


def _places(session: Session, limit: int) -> Sequence[FeedEntry]:
    ids = select(Space.id).where(Space.kind != "node", Space.closed_at.is_(None))
    newest = session.scalars(ids.order_by(Space.id.desc()).limit(limit)).all()
    documents = SPACES.read(session, newest)
    return [
        FeedEntry(
            name=f"space-{each.id}",
            title=replace(_NEW, values={"name": each.title}),
            path=each.path,
            at=each.changed_at,
            text=each.more["intro"][:300],
        )
        for each in sorted(documents, key=lambda each: -each.id)
        if each.changed_at is not None
    ]


_PLACES = Feed(
    "places", Text("새로 온 생산자와 공간", "New producers and places"), _places, order=40
)
