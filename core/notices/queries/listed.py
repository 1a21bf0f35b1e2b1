"""The list behind the bell, and the number beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    FromClause,
    ScalarSelect,
    bindparam,
    func,
    literal,
    literal_column,
    select,
)
from sqlalchemy.orm import Session

from ...models import Person
from ...statements import Statement
from ..models import Told

Row = Any
MOST_COUNTED = 100
"""Beyond this many nobody wants to know the number, so it is not counted further."""

_told = Told.__table__.c


def unread_of(people: FromClause) -> ScalarSelect[int]:
    """Return the number of notices that each of these people (a table or the like, with a column
    ``id``) has not read, ``MOST_COUNTED`` at most, as a column of another query: every page of a
    member shows it, and is not to ask once more for it."""
    some = (
        select(literal(1).label("one"))
        .where(_told.person_id == people.c.id, _told.read_at.is_(None), _told.on_bell)
        .limit(literal_column(str(MOST_COUNTED)))
        .correlate(people)
        .subquery()
    )
    return select(func.count()).select_from(some).correlate(people).scalar_subquery()


_UNREAD = Statement(
    select(unread_of(Person.__table__).label("number")).where(Person.id == bindparam("person_id"))
)


def unread(session: Session, person_id: int) -> int:
    """Return how many notices a person has not read, ``MOST_COUNTED`` at most."""
    found = _UNREAD.one_or_none(session, {"person_id": person_id})
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
