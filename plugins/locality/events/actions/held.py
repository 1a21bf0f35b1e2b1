"""Events and dates held for a change, and what is written down of what was done with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import audit, search
from .....core.errors import NotFound, Refused
from .....core.node import Node
from ..models import Event, Occurrence, SignUp
from ..rules import KIND


def locked_event(session: Session, event_id: int) -> Event:
    """Return an event, locked until the transaction ends."""
    found = session.scalars(
        select(Event)
        .where(Event.id == event_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such event.")
    return found


def locked_dates(session: Session, event_id: int, since: datetime) -> Sequence[Occurrence]:
    """Return the dates of an event that have not begun, each locked, in the order of their ids."""
    return session.scalars(
        select(Occurrence)
        .where(Occurrence.event_id == event_id, Occurrence.starts_at > since)
        .order_by(Occurrence.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def locked_date(session: Session, occurrence_id: int) -> tuple[Occurrence, Event]:
    """Return one date, locked, and its event: here meet all who want one place.

    Whoever changes how many places there are locks the dates too, so the event stands as it is.
    """
    found = session.scalars(
        select(Occurrence)
        .where(Occurrence.id == occurrence_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such event.")
    return found, session.get_one(Event, found.event_id, populate_existing=True)


def parties_of(session: Session, occurrence_id: int, *states: str) -> Sequence[SignUp]:
    """Return who comes or waits, in the order in which they asked."""
    return session.scalars(
        select(SignUp)
        .where(SignUp.occurrence_id == occurrence_id, SignUp.state.in_(states))
        .order_by(SignUp.turn_at, SignUp.id)
        .execution_options(populate_existing=True)
    ).all()


def check_version(event: Event, version: int) -> None:
    """Refuse to write over what somebody else has written meanwhile."""
    if event.version != version:
        raise Refused("This was changed in another window. Please look at it again.")


def noted(
    node: Node, session: Session, what: str, event: Event, actor_id: int | None, **details: Any
) -> None:
    """Write in the audit log what was done, and let the event be found as it is now."""
    session.flush()
    search.changed(session, KIND, event.id)
    audit.record(
        session, f"locality.event.{what}", at=node.clock.now(), person_id=actor_id,
        subject=(KIND, event.id), **details,
    )  # fmt: skip
