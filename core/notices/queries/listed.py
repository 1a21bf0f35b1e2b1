"""The list behind the bell, and the number beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.orm import Session

from ...statements import Statement
from ..models import Told

Row = Any
MOST_COUNTED = 100
"""Beyond this many nobody wants to know the number, so it is not counted further."""

_UNREAD = Statement(
    select(func.count().label("number")).select_from(
        select(Told.id)
        .where(Told.person_id == bindparam("person_id"), Told.read_at.is_(None), Told.on_bell)
        .limit(MOST_COUNTED)
        .subquery()
    )
)


def unread(connection: Connection | Session, person_id: int) -> int:
    """Return how many notices a person has not read, ``MOST_COUNTED`` at most: one short query."""
    found = _UNREAD.one_or_none(connection, {"person_id": person_id})
    return 0 if found is None else int(found.number)


def listed(session: Session, person_id: int, *, before: int | None, limit: int) -> Sequence[Row]:
    """Return a person's notices, the newest first."""
    query = (
        select(Told.id, Told.kind, Told.title, Told.text, Told.url, Told.told_at, Told.read_at,
               Told.heading)
        .where(Told.person_id == person_id, Told.on_bell)
        .order_by(Told.id.desc())
        .limit(limit)
    )  # fmt: skip
    if before is not None:
        query = query.where(Told.id < before)
    return session.execute(query).all()


def one(session: Session, person_id: int, notice_id: int) -> Told | None:
    """Return one of a person's own notices."""
    found = session.get(Told, notice_id)
    return found if found is not None and found.person_id == person_id else None
