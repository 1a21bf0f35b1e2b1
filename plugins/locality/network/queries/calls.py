"""Open calls and what was applied for; who applied is read by stewards alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from .....core.answers import PersonalData
from .....core.errors import NotFound
from .....core.models import Person
from ..models import Application, ApplicationStep, Call

AnyRow = Row[*tuple[Any, ...]]
SIZE = 30


def calls(
    session: Session, now: datetime, *, drafts: bool = False, limit: int = 20
) -> Sequence[Call]:
    """Return the calls that are not over first, then those that are, the last first."""
    query = select(Call).order_by((Call.closes_at > now).desc(), Call.closes_at.desc(), Call.id)
    if not drafts:
        query = query.where(Call.published_at.is_not(None))
    return session.scalars(query.limit(limit)).all()


def the_call(session: Session, call_id: int, *, drafts: bool = False) -> Call:
    """Return a call; NotFound if there is none, or only a draft that this reader does not see."""
    found = session.get(Call, call_id)
    if found is None or (found.published_at is None and not drafts):
        raise NotFound("There is no such call.")
    return found


def applications(
    session: Session, states: Sequence[str], *, before: int | None = None, limit: int = SIZE + 1
) -> Sequence[AnyRow]:
    """Return applications in these states, the newest first, below the id ``before``."""
    query = (
        select(
            Application.id, Application.group, Application.kind, Application.province,
            Application.place, Application.households, Application.state,
            Application.received_at, Call.title,
        )
        .join(Call, Call.id == Application.call_id)
        .where(Application.state.in_(states))
        .order_by(Application.id.desc())
        .limit(limit)
    )  # fmt: skip
    return session.execute(query if before is None else query.where(Application.id < before)).all()


def numbers(session: Session) -> dict[str, int]:
    """Return how many applications stand in each state."""
    query = select(Application.state, func.count()).group_by(Application.state)
    return {row[0]: int(row[1]) for row in session.execute(query)}


def the_application(session: Session, application_id: int) -> Application:
    """Return an application; NotFound if there is none."""
    found = session.get(Application, application_id)
    if found is None:
        raise NotFound("There is no such application.")
    return found


def steps(session: Session, application_id: int, *, notes: bool) -> Sequence[AnyRow]:
    """Return what became of an application, in order; ``notes`` are for stewards alone."""
    query = (
        select(
            ApplicationStep.at, ApplicationStep.state, ApplicationStep.text,
            Person.name.label("actor"),
        )
        .outerjoin(Person, Person.id == ApplicationStep.actor_id)
        .where(ApplicationStep.application_id == application_id)
        .order_by(ApplicationStep.id)
    )  # fmt: skip
    return session.execute(query if notes else query.where(ApplicationStep.state != "")).all()


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return what a person applied for, with all that was noted of it, for them to take along."""
    names = (
        "group", "kind", "province", "place", "households", "motivation", "name", "email", "phone",
        "may_introduce", "agreed_version", "state", "reason", "received_at",
    )  # fmt: skip
    query = (
        select(*(getattr(Application, name).label(name) for name in names))
        .where(Application.person_id == person_id)
        .order_by(Application.id)
    )
    noted = (
        select(ApplicationStep.application_id, ApplicationStep.at, ApplicationStep.state,
               ApplicationStep.text)
        .join(Application, Application.id == ApplicationStep.application_id)
        .where(Application.person_id == person_id)
        .order_by(ApplicationStep.id)
    )  # fmt: skip
    return PersonalData.read(session, {"applications": query, "application-steps": noted})
