"""Events that stewards keep from being seen."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import search
from .....core.answers import Thing
from .....core.facts import ThingHidden
from .....core.models import Grant
from .....core.node import Node
from .....core.values import Message
from ..models import Event
from ..rules import KIND, State, path_of
from .telling import tell_gone, tell_public


def thing(session: Session, subject: str) -> Thing | None:
    """Return the event that a subject names, with who runs the page of its space."""
    event = _event_of(session, subject)
    if event is None or event.state != State.PUBLIC:
        return None
    people = session.scalars(select(Grant.person_id).where(Grant.space_id == event.space_id))
    return Thing(
        subject, Message("Public event", {}), event.title, path_of(event.id), frozenset(people)
    )


def listen(node: Node, session: Session, fact: ThingHidden) -> None:
    """Hide an event, or show it again; whoever was told of it is told so. Places stay."""
    event = _event_of(session, fact.subject, hold=True)
    if event is None or fact.hidden is (event.hidden_at is not None):
        return
    event.hidden_at = node.clock.now() if fact.hidden else None
    session.flush()
    search.changed(session, KIND, event.id)
    if fact.hidden and event.state == State.PUBLIC:
        tell_gone(node, session, event)
    else:
        tell_public(node, session, event)


def _event_of(session: Session, subject: str, *, hold: bool = False) -> Event | None:
    kind, _, number = subject.partition(":")
    if kind != KIND or not number.isdecimal() or len(number) > 9:
        return None
    return session.get(Event, int(number), with_for_update=hold or None, populate_existing=hold)
