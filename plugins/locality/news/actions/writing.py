"""Writing news: a draft, its changes, and throwing one away that nobody reads."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from .....core import search
from .....core.errors import Refused
from .....core.node import Node
from ..models import News, NewsEdition, NewsPicture
from ..rules import KIND, State, Words
from .held import check_version, locked, noted
from .telling import NEWS


def draft(
    node: Node, session: Session, space_id: int | None, words: Words, *, actor_id: int,
    key: str | None = None,
) -> News:  # fmt: skip
    """Write news that nobody else sees yet; of one ``key`` only the first are made."""
    kept_key = f"{actor_id}:{key}" if key else None
    made = session.scalars(select(News).where(News.key == kept_key)).first() if kept_key else None
    if made is not None:
        return made
    words, now = words.tidy(), node.clock.now()
    news = News(
        space_id=space_id, title=words.title, text=words.text, made_at=now, changed_at=now,
        state=State.DRAFT.value, version=1, key=kept_key,
    )  # fmt: skip
    session.add(news)
    session.flush()
    noted(node, session, "drafted", news, actor_id, title=words.title)
    return news


def change(
    node: Node, session: Session, news_id: int, words: Words, *, version: int, actor_id: int
) -> News:
    """Change what news say; of public ones, what they said before stays to be read."""
    news, words = locked(session, news_id), words.tidy()
    check_version(news, version)
    if (news.title, news.text) == (words.title, words.text):
        return news
    now = node.clock.now()
    if news.state == State.PUBLIC:
        said = {"title": news.title, "text": news.text, "until": now}
        session.add(NewsEdition(news_id=news.id, version=news.version, **said))
    news.title, news.text, news.changed_at = words.title, words.text, now
    news.version += 1
    noted(node, session, "changed", news, actor_id)
    NEWS.tell_public(node, session, news)
    return news


def discard(node: Node, session: Session, news_id: int, *, actor_id: int) -> None:
    """Delete news for good, with all they ever said; public ones are withdrawn first."""
    news = locked(session, news_id)
    if news.state == State.PUBLIC:
        raise Refused("Please withdraw it first. Then you can delete it.")
    noted(node, session, "discarded", news, actor_id)
    for kept in (NewsPicture, NewsEdition):
        session.execute(delete(kept).where(kept.news_id == news.id))
    session.delete(news)
    session.flush()
    search.changed(session, KIND, news_id)
