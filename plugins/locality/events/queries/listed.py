"""Events and their dates as they are listed, and one with all that belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from .....core.errors import NotFound
from .....core.models import Space
from ...lists import Place
from ..models import Event, Occurrence, SignUp
from ..rules import MOST_DATES, State

AnyRow = Row[*tuple[Any, ...]]

_EVENT = (
    Event.id.label("event_id"), Event.space_id, Event.title, Event.text, Event.address,
    Event.place.label("event_place"), Event.online_url, Event.price, Event.children, Event.access,
    Event.signs_up, Event.capacity, Event.most_people, Event.cancel_hours, Event.questions,
    Event.every, Event.state, Event.published_at, Event.changed_at, Event.hidden_at, Event.version,
    Space.slug.label("space_slug"), Space.name.label("space_name"), Space.kind.label("space_kind"),
    Space.closed_at.label("space_closed_at"),
)  # fmt: skip
_DATE = (
    Occurrence.id, Occurrence.starts_at, Occurrence.ends_at, Occurrence.place, Occurrence.taken,
    Occurrence.called_off_at, Occurrence.reason, Occurrence.revision,
)  # fmt: skip
_WAITING = (
    select(func.count())
    .where(SignUp.occurrence_id == Occurrence.id, SignUp.state == "waiting")
    .scalar_subquery()
    .label("waiting")
)
"""How many parties wait for places."""
_other = aliased(Occurrence)
EVENTS = select(*_EVENT).outerjoin(Space, Space.id == Event.space_id)
DATES = (
    select(*_DATE, *_EVENT)
    .join(Event, Event.id == Occurrence.event_id)
    .outerjoin(Space, Space.id == Event.space_id)
)
"""Dates with their events; ``space_…`` are None where the node itself invites."""

PUBLIC = and_(
    Event.state == State.PUBLIC.value,
    Event.hidden_at.is_(None),
    or_(Event.space_id.is_(None), Space.closed_at.is_(None)),
)


def is_public(row: AnyRow) -> bool:
    """Say whether everyone may see the event of this row."""
    return row.state == State.PUBLIC and row.hidden_at is None and row.space_closed_at is None


def of_space(space_id: int | None) -> ColumnElement[bool]:
    """Return the condition that an event is of a space, or of the node."""
    return Event.space_id.is_(None) if space_id is None else Event.space_id == space_id


def event_page(session: Session, event_id: int) -> AnyRow:
    """Return an event however it stands; ``NotFound`` if there is none."""
    found: Any = session.execute(EVENTS.where(Event.id == event_id)).one_or_none()
    if found is None:
        raise NotFound("There is no such event.")
    return found  # type: ignore[no-any-return]


def occurrence_page(session: Session, occurrence_id: int) -> AnyRow:
    """Return one date with its event, and how many parties are ``waiting``."""
    found: Any = session.execute(
        DATES.add_columns(_WAITING).where(Occurrence.id == occurrence_id)
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such event.")
    return found  # type: ignore[no-any-return]


def dates_of(
    session: Session, event_id: int, *, since: datetime | None = None, limit: int = MOST_DATES
) -> Sequence[AnyRow]:
    """Return the dates of an event that are not over at ``since``, the next first, each with how
    many parties are ``waiting``."""
    query = select(*_DATE, _WAITING).where(Occurrence.event_id == event_id)
    if since is not None:
        query = query.where(Occurrence.ends_at > since)
    return session.execute(query.order_by(Occurrence.starts_at, Occurrence.id).limit(limit)).all()


def coming(
    session: Session, now: datetime, *, space_id: int | None = None, limit: int = 20,
    once: bool = False, after: Place | None = None,
) -> Sequence[AnyRow]:  # fmt: skip
    """Return the next dates that everyone may see and that take place, of a space or of all.

    ``once``: of each event its next date alone.
    """
    query = DATES.add_columns(_WAITING).where(
        PUBLIC, Occurrence.ends_at > now, Occurrence.called_off_at.is_(None)
    )
    if space_id is not None:
        query = query.where(Event.space_id == space_id)
    if after is not None:
        later = and_(Occurrence.starts_at == after[0], Occurrence.id > after[1])
        query = query.where(or_(Occurrence.starts_at > after[0], later))
    if once:
        sooner = select(_other.id).where(
            _other.event_id == Event.id, _other.called_off_at.is_(None), _other.ends_at > now,
            _other.starts_at < Occurrence.starts_at,
        )  # fmt: skip
        query = query.where(~sooner.exists())
    return session.execute(query.order_by(Occurrence.starts_at, Occurrence.id).limit(limit)).all()


def drafts(session: Session, space_id: int | None) -> Sequence[AnyRow]:
    """Return the events of a space that nobody else sees, or sees any more."""
    query = EVENTS.where(of_space(space_id), Event.state != State.PUBLIC.value)
    return session.execute(query.order_by(Event.changed_at.desc()).limit(50)).all()


def for_calendars(
    session: Session, since: datetime, *, event_id: int | None = None, space_id: int | None = None,
    limit: int = 300,
) -> Sequence[AnyRow]:  # fmt: skip
    """Return public dates for calendars that programs follow, also those that were called off."""
    query = DATES.where(PUBLIC, Occurrence.ends_at > since)
    if event_id is not None:
        query = query.where(Event.id == event_id)
    if space_id is not None:
        query = query.where(Event.space_id == space_id)
    return session.execute(query.order_by(Occurrence.starts_at, Occurrence.id).limit(limit)).all()
