"""News as they are listed, and one with all that belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from .....core.models import Picture
from ...lists import Place
from ..models import News, NewsEdition, NewsPicture
from ..rules import MOST_PINNED, State
from .rows import NEWS_AND_SPACE, PUBLIC, AnyRow

MOST_DRAFTS = 50


def told_place(row: AnyRow) -> tuple[str, int]:
    """Return the place of a row as addresses hold it."""
    return row.published_at.isoformat(), row.id


def listed(
    session: Session, *, space_id: int | None = None, before: Place | None = None, limit: int = 20,
    but_pinned: bool = False,
) -> Sequence[AnyRow]:  # fmt: skip
    """Return public news, newest first: of one space, or of everybody."""
    query = NEWS_AND_SPACE.where(PUBLIC)
    if space_id is not None:
        query = query.where(_of(space_id))
    if but_pinned:
        query = query.where(News.pinned_at.is_(None))
    if before is not None:
        at, number = before
        earlier = and_(News.published_at == at, News.id < number)
        query = query.where(or_(News.published_at < at, earlier))
    return session.execute(
        query.order_by(News.published_at.desc(), News.id.desc()).limit(limit)
    ).all()


def pinned(session: Session, space_id: int | None) -> Sequence[AnyRow]:
    """Return the few public news of a space, or of the node, that stand above the others."""
    query = NEWS_AND_SPACE.where(PUBLIC, _of(space_id), News.pinned_at.is_not(None))
    return session.execute(
        query.order_by(News.pinned_at.desc(), News.id.desc()).limit(MOST_PINNED)
    ).all()


def drafts(session: Session, space_id: int | None) -> Sequence[AnyRow]:
    """Return what a space has written and nobody sees, or sees any more; the last changed first."""
    query = NEWS_AND_SPACE.where(_of(space_id), News.state != State.PUBLIC.value)
    return session.execute(query.order_by(News.changed_at.desc()).limit(MOST_DRAFTS)).all()


def _of(space_id: int | None) -> ColumnElement[bool]:
    return News.space_id.is_(None) if space_id is None else News.space_id == space_id


def news_page(session: Session, news_id: int) -> AnyRow:
    """Return news however they stand; ``NotFound`` if there are none."""
    found: Any = session.execute(NEWS_AND_SPACE.where(News.id == news_id)).one_or_none()
    if found is None:
        raise NotFound("There are no such news.")
    return found  # type: ignore[no-any-return]


def pictures(session: Session, news_id: int) -> Sequence[AnyRow]:
    """Return the pictures of news in their order: id, digest, width, height, caption."""
    return session.execute(
        select(NewsPicture.id, Picture.digest, Picture.width, Picture.height, Picture.caption)
        .join(Picture, Picture.id == NewsPicture.picture_id)
        .where(NewsPicture.news_id == news_id)
        .order_by(NewsPicture.place)
    ).all()


def editions(session: Session, news_id: int) -> Sequence[AnyRow]:
    """Return what news said before, the last first: version, title, text, until."""
    return session.execute(
        select(NewsEdition.version, NewsEdition.title, NewsEdition.text, NewsEdition.until)
        .where(NewsEdition.news_id == news_id)
        .order_by(NewsEdition.version.desc())
        .limit(50)
    ).all()
