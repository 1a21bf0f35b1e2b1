"""Activities as they are found and followed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core.answers import Series
from .....core.documents import Document, Feed, FeedEntry, Searchable
from .....core.periods import Periods
from .....core.search import EVERYONE, STEWARDS, of_space
from .....core.values import Message, Text
from ..models import Activity
from ..rules import KIND
from .pages import AnyRow, activities, listed


def _is_shown(row: AnyRow) -> bool:
    return bool(
        row.published_at and not row.withdrawn_at and not row.hidden_at and row.closed_at is None
    )


def _read(session: Session, activity_ids: Collection[int]) -> Sequence[Document]:
    rows = session.execute(activities().where(Activity.id.in_(activity_ids)))
    return [_document(row) for row in rows]


def _document(row: AnyRow) -> Document:
    readers = {EVERYONE} if _is_shown(row) else {of_space(row.space_id), STEWARDS}
    return Document(
        id=row.id,
        title=row.title,
        path=f"/board/activities/{row.id}",
        readers=frozenset(readers),
        text=f"{row.organisation}\n{row.place}\n{row.together}\n{row.text}",
        about=tuple(filter(None, (row.organisation, row.place))),
        picture=row.digest,
        changed_at=row.changed_at,
    )


def _ids(session: Session, after: int, limit: int) -> Sequence[int]:
    query = select(Activity.id).where(Activity.id > after).order_by(Activity.id)
    return list(session.scalars(query.limit(limit)))


ACTIVITIES = Searchable(KIND, Text("단체 활동", "Activities"), _read, _ids, order=40)


def _entries(session: Session, limit: int) -> Sequence[FeedEntry]:
    return [
        FeedEntry(
            name=f"activity-{row.id}",
            title=f"{row.title} · {row.organisation}",
            path=f"/board/activities/{row.id}",
            at=row.published_at,
            text=row.text[:300],
        )
        for row in listed(session, limit=limit)
    ]


FEED = Feed("activities", Text("단체 활동", "Activities"), _entries, order=40)


def told_of(session: Session, periods: Periods) -> Series:
    """Return how many activities were published in each of these periods."""
    number = periods.number(Activity.published_at).label("number")
    rows = session.execute(
        select(number, func.count())
        .where(periods.within(Activity.published_at), Activity.withdrawn_at.is_(None))
        .group_by(number)
    )
    title = Message("Activities of organisations", {})
    return Series("activities", title, periods.filled(rows), order=70)
