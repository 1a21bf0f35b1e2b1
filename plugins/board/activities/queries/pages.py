"""Activities as pages show them: lists, one with its pictures and questions, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from .....core.models import Person, Picture, Space
from ..models import Activity, ActivityChange, ActivityPicture, Question

AnyRow = Row[*tuple[Any, ...]]

_first = (
    select(func.min(ActivityPicture.id))
    .where(ActivityPicture.activity_id == Activity.id)
    .correlate(Activity)
    .scalar_subquery()
)


def visible() -> ColumnElement[bool]:
    """Return the condition under which everyone may see an activity joined with its space."""
    return (
        Activity.published_at.is_not(None)
        & Activity.withdrawn_at.is_(None)
        & Activity.hidden_at.is_(None)
        & Space.closed_at.is_(None)
    )


def activities() -> Select[*tuple[Any, ...]]:
    """Select activities in whatever state with their organisation and first picture."""
    return (
        select(
            *Activity.__table__.c,
            Space.slug.label("slug"), Space.name.label("organisation"), Space.closed_at,
            Picture.digest, Picture.width, Picture.height, Picture.caption,
        )
        .join(Space, Space.id == Activity.space_id)
        .outerjoin(ActivityPicture, ActivityPicture.id == _first)
        .outerjoin(Picture, Picture.id == ActivityPicture.picture_id)
    )  # fmt: skip


def listed(
    session: Session, *, space_id: int | None = None, after: tuple[datetime, int] | None = None,
    limit: int,
) -> Sequence[AnyRow]:  # fmt: skip
    """Return activities that everyone may see, the newest first, below ``after``."""
    query = activities().where(visible())
    if space_id is not None:
        query = query.where(Activity.space_id == space_id)
    if after is not None:
        at, last = after
        at_once = (Activity.published_at == at) & (Activity.id < last)
        query = query.where((Activity.published_at < at) | at_once)
    query = query.order_by(Activity.published_at.desc(), Activity.id.desc()).limit(limit)
    return session.execute(query).all()


def drafts_of(
    session: Session, space_id: int, *, before: int | None = None, limit: int
) -> Sequence[AnyRow]:
    """Return all of an organisation's activities for those who run it, the newest first."""
    query = activities().where(Activity.space_id == space_id)
    if before is not None:
        query = query.where(Activity.id < before)
    return session.execute(query.order_by(Activity.id.desc()).limit(limit)).all()


def activity_page(session: Session, activity_id: int) -> AnyRow:
    """Return one activity in whatever state; ``NotFound`` if there is none."""
    row: AnyRow | None = session.execute(
        activities().where(Activity.id == activity_id)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such activity.")
    return row


def pictures_of(session: Session, activity_id: int) -> Sequence[AnyRow]:
    """Return the pictures of an activity as they were brought."""
    return session.execute(
        select(ActivityPicture.id, Picture.digest, Picture.width, Picture.height, Picture.caption)
        .join(Picture, Picture.id == ActivityPicture.picture_id)
        .where(ActivityPicture.activity_id == activity_id)
        .order_by(ActivityPicture.id)
    ).all()


def questions_of(
    session: Session, activity_id: int, *, before: int | None = None, limit: int
) -> Sequence[AnyRow]:
    """Return what was asked about an activity and may be seen, the newest first."""
    query = (
        select(Question.id, Question.person_id, Question.text, Question.at, Question.answer,
               Question.answered_at, Person.name)
        .join(Person, Person.id == Question.person_id)
        .where(Question.activity_id == activity_id, Question.hidden_at.is_(None))
    )  # fmt: skip
    if before is not None:
        query = query.where(Question.id < before)
    return session.execute(query.order_by(Question.id.desc()).limit(limit)).all()


def waiting_questions(session: Session, space_id: int, limit: int = 20) -> Sequence[AnyRow]:
    """Return the questions to an organisation that nobody has answered, the oldest first."""
    return session.execute(
        select(Question.id, Question.text, Question.at, Activity.id.label("activity_id"),
               Activity.title)
        .join(Activity, Activity.id == Question.activity_id)
        .where(Activity.space_id == space_id, Question.answered_at.is_(None),
               Question.hidden_at.is_(None))
        .order_by(Question.id)
        .limit(limit)
    ).all()  # fmt: skip


def changes_of(session: Session, activity_id: int, limit: int = 50) -> Sequence[AnyRow]:
    """Return what an activity said before, the last change first: at, name, before."""
    return session.execute(
        select(ActivityChange.at, Person.name, ActivityChange.before)
        .outerjoin(Person, Person.id == ActivityChange.actor_id)
        .where(ActivityChange.activity_id == activity_id)
        .order_by(ActivityChange.id.desc())
        .limit(limit)
    ).all()
