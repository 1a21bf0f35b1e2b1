"""Who comes, who waits, and what one has of that oneself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, or_, select, tuple_
from sqlalchemy.orm import Session

from .....core.answers import PersonalData
from .....core.errors import NotFound
from .....core.models import Person, Space
from ..models import Event, Occurrence, SignUp
from ..rules import State
from .listed import AnyRow

_OWN = (
    SignUp.id, SignUp.occurrence_id, SignUp.people, SignUp.state, SignUp.answers, SignUp.asked_at,
    SignUp.turn_at, SignUp.came, SignUp.name, SignUp.email,
)  # fmt: skip


def my_place(session: Session, occurrence_id: int, person_id: int) -> AnyRow | None:
    """Return the sign-up of a person for a date, None if there is none."""
    query = select(*_OWN).where(
        SignUp.occurrence_id == occurrence_id, SignUp.person_id == person_id
    )
    return session.execute(query).one_or_none()


def my_states(session: Session, event_id: int, person_id: int) -> dict[int, str]:
    """Return how a person stands for each date of an event: "in" or "waiting", by the date's id."""
    rows = session.execute(
        select(SignUp.occurrence_id, SignUp.state)
        .join(Occurrence, Occurrence.id == SignUp.occurrence_id)
        .where(Occurrence.event_id == event_id, SignUp.person_id == person_id)
    )
    return {row.occurrence_id: row.state for row in rows}


def guest_page(session: Session, sign_up_id: int) -> AnyRow:
    """Return the sign-up of a guest; ``NotFound`` once it is gone or erased."""
    query = select(*_OWN).where(SignUp.id == sign_up_id, SignUp.email.is_not(None))
    found: Any = session.execute(query).one_or_none()
    if found is None:
        raise NotFound("This link was used already or is too old. Please sign up anew.")
    return found  # type: ignore[no-any-return]


def place_in_line(session: Session, own: AnyRow) -> int:
    """Return how many parties wait before this one, and it: 1 is the next."""
    before = tuple_(SignUp.turn_at, SignUp.id) <= tuple_(own.turn_at, own.id)
    query = select(func.count()).where(
        SignUp.occurrence_id == own.occurrence_id, SignUp.state == "waiting", before
    )
    return int(session.scalar(query) or 0)


def comers(session: Session, occurrence_id: int) -> Sequence[AnyRow]:
    """Return for the organiser who comes and who waits, in the order of their names and turns.

    Guests who have not confirmed are nobody yet.
    """
    name = case((SignUp.person_id.is_(None), SignUp.name), else_=Person.name)
    return session.execute(
        select(*_OWN[:-2], name.label("name"), SignUp.person_id)
        .outerjoin(Person, Person.id == SignUp.person_id)
        .where(SignUp.occurrence_id == occurrence_id, SignUp.state != "asked")
        .order_by(SignUp.state, SignUp.turn_at, SignUp.id)
        .limit(2_000)
    ).all()


def mine(session: Session, person_id: int, now: datetime, *, limit: int = 10) -> Sequence[AnyRow]:
    """Return the dates to which a person comes, or for which they wait, the next first."""
    return session.execute(
        select(
            SignUp.state.label("own_state"), SignUp.people, Occurrence.id, Occurrence.starts_at,
            Occurrence.called_off_at, Event.title, Space.name.label("space_name"),
        )
        .join(Occurrence, Occurrence.id == SignUp.occurrence_id)
        .join(Event, Event.id == Occurrence.event_id)
        .outerjoin(Space, Space.id == Event.space_id)
        .where(
            SignUp.person_id == person_id, Occurrence.ends_at > now,
            or_(Event.state == State.PUBLIC.value, Occurrence.called_off_at.is_not(None)),
        )
        .order_by(Occurrence.starts_at, Occurrence.id)
        .limit(limit)
    ).all()  # fmt: skip


def questions_of(row: AnyRow, own: AnyRow) -> list[tuple[str, str]]:
    """Return what somebody was asked, each with their answer."""
    return list(zip(row.questions, own.answers, strict=False))


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return the events to which a person comes or came, for them to take along."""
    query = (
        select(
            Event.title, Occurrence.starts_at, SignUp.people, SignUp.state, SignUp.answers,
            SignUp.asked_at, SignUp.came,
        )
        .join(Occurrence, Occurrence.id == SignUp.occurrence_id)
        .join(Event, Event.id == Occurrence.event_id)
        .where(SignUp.person_id == person_id)
        .order_by(Occurrence.starts_at, SignUp.id)
    )  # fmt: skip
    return PersonalData.read(session, {"events": query})
