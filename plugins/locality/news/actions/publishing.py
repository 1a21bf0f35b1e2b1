"""Making news public, taking them back, and letting a few stand above the others."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core.errors import Refused
from .....core.models import Space
from .....core.node import Node
from ..models import News
from ..rules import MOST_PINNED, State
from .held import locked, noted
from .telling import NEWS, tell_new


def publish(node: Node, session: Session, news_id: int, *, actor_id: int) -> None:
    """Let everyone read news; a second time nothing happens. Followers are told the first time."""
    news = locked(session, news_id)
    if news.state == State.PUBLIC:
        return
    is_new, now = news.published_at is None, node.clock.now()
    news.state = State.PUBLIC.value
    news.published_at = news.published_at or now
    noted(node, session, "published", news, actor_id)
    NEWS.tell_public(node, session, news)
    if is_new:
        tell_new(node, session, news, actor_id=actor_id)


def withdraw(node: Node, session: Session, news_id: int, *, actor_id: int) -> None:
    """Let nobody read news any more but those who wrote them."""
    news = locked(session, news_id)
    if news.state != State.PUBLIC:
        return
    news.state, news.pinned_at = State.WITHDRAWN.value, None
    noted(node, session, "withdrawn", news, actor_id)
    NEWS.tell_gone(node, session, news)


def pin(node: Node, session: Session, news_id: int, *, actor_id: int) -> None:
    """Let news stand above the others of their space; ``Refused`` if enough do already."""
    news = locked(session, news_id)
    if news.state != State.PUBLIC:
        raise Refused("Only what is public can be pinned.")
    if news.pinned_at is not None:
        return
    if news.space_id is not None:  # two who pin at the same time wait for each other here
        session.get(Space, news.space_id, with_for_update=True)
    ours = News.space_id.is_(None) if news.space_id is None else News.space_id == news.space_id
    held = select(func.count()).select_from(News).where(ours, News.pinned_at.is_not(None))
    if int(session.scalar(held) or 0) >= MOST_PINNED:
        raise Refused(
            "At most %(most)s can be pinned. Please take one off first.", most=MOST_PINNED
        )
    news.pinned_at = node.clock.now()
    noted(node, session, "pinned", news, actor_id)


def unpin(node: Node, session: Session, news_id: int, *, actor_id: int) -> None:
    """Let news stand among the others again."""
    news = locked(session, news_id)
    if news.pinned_at is not None:
        news.pinned_at = None
        noted(node, session, "unpinned", news, actor_id)
