"""News as they are found, and as programs follow them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.documents import Document, Feed, FeedEntry, Searchable
from .....core.search import EVERYONE, STEWARDS, of_space
from .....core.values import Message, Text
from .....core.web.prose import plain
from ..models import News
from ..rules import KIND, path_of
from .listed import listed
from .rows import NEWS_AND_SPACE, AnyRow, is_public

_LONGEST = 400


def _read(session: Session, ids: Collection[int]) -> Sequence[Document]:
    rows = session.execute(NEWS_AND_SPACE.where(News.id.in_(ids)))
    return [_document(row) for row in rows]


def _document(row: AnyRow) -> Document:
    own = frozenset({STEWARDS} if row.space_id is None else {of_space(row.space_id), STEWARDS})
    return Document(
        id=row.id,
        title=row.title,
        path=path_of(row.id),
        readers=frozenset({EVERYONE}) if is_public(row) else own,
        text=plain(row.text),
        about=(row.space_name or Message("News of the neighbourhood", {}),),
        picture=row.digest,
        changed_at=row.changed_at,
    )


def _ids(session: Session, after: int, limit: int) -> Sequence[int]:
    query = select(News.id).where(News.id > after).order_by(News.id)
    return list(session.scalars(query.limit(limit)))


def _entries(session: Session, limit: int) -> Sequence[FeedEntry]:
    return [
        FeedEntry(
            name=f"news-{row.id}",
            title=f"{row.title} · {row.space_name}" if row.space_name else row.title,
            path=path_of(row.id),
            at=row.published_at,
            text=plain(row.text, _LONGEST),
        )
        for row in listed(session, limit=limit)
    ]


NEWS = Searchable(KIND, Text("소식", "News"), _read, _ids, order=25)
FEED = Feed("stories", Text("동네 소식", "News of the neighbourhood"), _entries, order=5)
