"""The dates of an event, each by itself: moved, called off, added."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core.errors import Refused
from .....core.node import Node
from ..models import Event, Occurrence
from ..rules import MOST_DATES, Span, State
from .held import locked_date, locked_event, noted, parties_of
from .letters import CALLED_OFF, MOVED, remind_later, write
from .telling import EVENTS

_LETTERS_TO = ("in", "waiting")


def add_date(node: Node, session: Session, event_id: int, span: Span, *, actor_id: int) -> None:
    """Let an event take place once more."""
    event = locked_event(session, event_id)
    span.check(node.clock.now())
    same = select(Occurrence.id).where(
        Occurrence.event_id == event_id, Occurrence.starts_at == span.starts_at,
        Occurrence.called_off_at.is_(None),
    )  # fmt: skip
    if session.scalar(same.limit(1)) is not None:
        return  # the form was sent twice
    ahead = select(func.count()).where(
        Occurrence.event_id == event_id, Occurrence.starts_at > node.clock.now()
    )
    if int(session.scalar(ahead) or 0) >= MOST_DATES:
        raise Refused("At most %(most)s dates can lie ahead.", most=MOST_DATES)
    date = Occurrence(
        event_id=event_id, starts_at=span.starts_at, ends_at=span.ends_at, taken=0, revision=0
    )
    session.add(date)
    session.flush()
    if event.state == State.PUBLIC and event.signs_up:
        remind_later(node, session, date)
    noted(node, session, "date_added", event, actor_id, occurrence=date.id)
    EVENTS.tell_public(node, session, event)


def move(
    node: Node, session: Session, occurrence_id: int, span: Span, place: str, *, revision: int,
    actor_id: int,
) -> None:  # fmt: skip
    """Let one date take place at another time or elsewhere; everybody who comes or waits is told,
    and keeps their place."""
    date, event = locked_date(session, occurrence_id)
    if date.revision != revision:
        raise Refused("This was changed in another window. Please look at it again.")
    _check_ahead(node, date)
    span.check(node.clock.now())
    place = "" if place.strip() == event.place else place.strip()
    if (date.starts_at, date.ends_at, date.place) == (span.starts_at, span.ends_at, place):
        return
    date.starts_at, date.ends_at, date.place = span.starts_at, span.ends_at, place
    date.revision += 1
    noted(node, session, "date_moved", event, actor_id, occurrence=date.id)
    parties = parties_of(session, date.id, *_LETTERS_TO)
    write(node, session, date, event, parties, MOVED, key=f"moved:{date.revision}")
    if event.state == State.PUBLIC and event.signs_up:
        remind_later(node, session, date)
    EVENTS.tell_public(node, session, event)


def call_off(
    node: Node, session: Session, occurrence_id: int, reason: str, *, actor_id: int
) -> None:
    """Call one date off and tell who wanted to come; a second time nothing happens."""
    date, event = locked_date(session, occurrence_id)
    if date.called_off_at is not None:
        return
    _check_ahead(node, date)
    _off(node, session, event, date, reason)
    noted(node, session, "date_called_off", event, actor_id, occurrence=date.id)
    EVENTS.tell_public(node, session, event)


def all_off(node: Node, session: Session, event: Event, dates: Sequence[Occurrence]) -> None:
    """Call off all these dates, which are held."""
    for date in dates:
        if date.called_off_at is None:
            _off(node, session, event, date, "")


def _off(node: Node, session: Session, event: Event, date: Occurrence, reason: str) -> None:
    date.called_off_at, date.reason = node.clock.now(), " ".join(reason.split())
    date.revision += 1
    session.flush()
    parties = parties_of(session, date.id, *_LETTERS_TO)
    write(node, session, date, event, parties, CALLED_OFF, key="called-off", note=date.reason)


def _check_ahead(node: Node, date: Occurrence) -> None:
    if date.called_off_at is not None:
        raise Refused("This event was called off.")
    if date.starts_at <= node.clock.now():
        raise Refused("This event has begun already.")
