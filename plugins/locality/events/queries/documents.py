"""Events as they are found, and as programs follow them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.documents import Document, Feed, FeedEntry, Searchable
from .....core.search import EVERYONE, STEWARDS, of_space
from .....core.values import Message, Text
from .....core.web.prose import plain
from ..models import Event
from ..rules import KIND, path_of
from .listed import EVENTS as ALL
from .listed import PUBLIC, AnyRow, is_public

_LONGEST = 400


def _read(session: Session, ids: Collection[int]) -> Sequence[Document]:
    return [_document(row) for row in session.execute(ALL.where(Event.id.in_(ids)))]


def _document(row: AnyRow) -> Document:
    own = frozenset({STEWARDS} if row.space_id is None else {of_space(row.space_id), STEWARDS})
    return Document(
        id=row.event_id,
        title=row.title,
        path=path_of(row.event_id),
        readers=frozenset({EVERYONE}) if is_public(row) else own,
        text=" ".join((plain(row.text), row.event_place, row.address)),
        about=tuple(filter(None, (row.space_name or Message("Public event", {}), row.event_place))),
        changed_at=row.changed_at,
    )


def _ids(session: Session, after: int, limit: int) -> Sequence[int]:
    query = select(Event.id).where(Event.id > after).order_by(Event.id)
    return list(session.scalars(query.limit(limit)))


def _entries(session: Session, limit: int) -> Sequence[FeedEntry]:
    query = ALL.where(PUBLIC)
    rows = session.execute(query.order_by(Event.published_at.desc(), Event.id.desc()).limit(limit))
    return [
        FeedEntry(
            name=f"event-{row.event_id}",
            title=f"{row.title} · {row.space_name}" if row.space_name else row.title,
            path=path_of(row.event_id),
            at=row.published_at,
            text=plain(row.text, _LONGEST),
        )
        for row in rows
    ]


EVENTS = Searchable(KIND, Text("행사", "Events"), _read, _ids, order=22)
FEED = Feed("events", Text("새 행사", "New events"), _entries, order=7)
