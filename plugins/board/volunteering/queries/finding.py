"""Calls for volunteers as they are found and followed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.documents import Document, Feed, FeedEntry, Searchable
from .....core.search import EVERYONE, STEWARDS, of_space
from .....core.values import Text
from ..models import Call
from .calls import AnyRow, calls, visible


def _read(session: Session, call_ids: Collection[int]) -> Sequence[Document]:
    rows = session.execute(
        calls().add_columns(visible().label("shown")).where(Call.id.in_(call_ids))
    )
    return [_document(row) for row in rows]


def _document(row: AnyRow) -> Document:
    readers = {EVERYONE} if row.shown else {of_space(row.space_id), STEWARDS}
    return Document(
        id=row.id,
        title=row.title,
        path=f"/board/calls/{row.id}",
        readers=frozenset(readers),
        text=f"{row.organisation}\n{row.place}\n{row.text}",
        about=tuple(filter(None, (row.organisation, row.place))),
        changed_at=row.changed_at,
    )


def _ids(session: Session, after: int, limit: int) -> Sequence[int]:
    query = select(Call.id).where(Call.id > after).order_by(Call.id)
    return list(session.scalars(query.limit(limit)))


CALLS = Searchable("call", Text("자원봉사", "Volunteering"), _read, _ids, order=42)


def _entries(session: Session, limit: int) -> Sequence[FeedEntry]:
    query = calls().where(visible()).order_by(Call.published_at.desc(), Call.id.desc())
    return [
        FeedEntry(
            name=f"volunteer-call-{row.id}",
            title=f"{row.title} · {row.organisation}",
            path=f"/board/calls/{row.id}",
            at=row.published_at,
            text=row.text[:300],
        )
        for row in session.execute(query.limit(limit))
    ]


FEED = Feed("volunteering", Text("자원봉사", "Volunteering"), _entries, order=42)
