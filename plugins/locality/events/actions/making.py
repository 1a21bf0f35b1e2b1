"""Making an event: a draft with its dates, changes, publishing it and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from .....core import search
from .....core.errors import Invalid, Refused
from .....core.node import Node
from .....core.values import Message
from ..models import Event, Occurrence, SignUp
from ..rules import KIND, Draft, Every, Span, State, checked, spans_of
from .dates import all_off
from .held import check_version, locked_dates, locked_event, noted, parties_of
from .letters import MOVED, remind_later, write
from .places import promote
from .telling import EVENTS, tell_new


def make(
    node: Node, session: Session, space_id: int | None, draft: Draft, first: Span, *,
    every: Every = Every.ONCE, last: date | None = None, actor_id: int, key: str | None = None,
) -> Event:  # fmt: skip
    """Make an event with all its dates, as a draft; of one ``key`` only the first is made."""
    kept_key = f"{actor_id}:{key}" if key else None
    known = (
        session.scalars(select(Event).where(Event.key == kept_key)).first() if kept_key else None
    )
    if known is not None:
        return known
    draft, now = checked(draft), node.clock.now()
    first.check(now)
    event = Event(
        space_id=space_id, every=every.value, made_at=now, changed_at=now, key=kept_key,
        state=State.DRAFT.value, version=1, **_columns(draft),
    )  # fmt: skip
    session.add(event)
    session.flush()
    for span in _spans(node, first, every, last):
        session.add(_dated(event, span))
    noted(node, session, "made", event, actor_id, title=draft.title)
    return event


def _columns(draft: Draft) -> dict[str, object]:
    return {**asdict(draft), "questions": list(draft.questions)}


def _dated(event: Event, span: Span) -> Occurrence:
    return Occurrence(
        event_id=event.id, starts_at=span.starts_at, ends_at=span.ends_at, taken=0, revision=0
    )


def _spans(node: Node, first: Span, every: Every, last: date | None) -> Sequence[Span]:
    zone = ZoneInfo(node.settings.node.time_zone)
    begins = first.starts_at.astimezone(zone).date()
    if every is not Every.ONCE and last is None:
        raise Invalid({"last": [Message("Please say until when it comes again.", {})]})
    if last is not None and last < begins:
        raise Invalid({"last": [Message("The last day must not come before the first.", {})]})
    return spans_of(first, every, last or begins, zone)


def change(
    node: Node, session: Session, event_id: int, draft: Draft, *, version: int, actor_id: int
) -> Event:
    """Change what an event says; nobody loses a place, and more places let in who waits."""
    event, draft = locked_event(session, event_id), checked(draft)
    check_version(event, version)
    dates = locked_dates(session, event_id, node.clock.now())
    held = max((each.taken for each in dates), default=0)
    if draft.capacity is not None and held > draft.capacity:
        words = Message("So many have a place already: %(taken)s", {"taken": held})
        raise Invalid({"capacity": [words]})
    if held and not draft.signs_up:
        raise Invalid({"signs_up": [Message("Some people have a place already.", {})]})
    if list(draft.questions) != event.questions and _is_answered(session, event_id):
        raise Invalid({"questions": [Message("Some people have answered already.", {})]})
    moved = _where(event) != _where(draft)
    for name, value in _columns(draft).items():
        setattr(event, name, value)
    event.changed_at, event.version = node.clock.now(), event.version + 1
    for each in dates:
        each.revision += 1
    noted(node, session, "changed", event, actor_id)
    if event.state == State.PUBLIC:
        if moved:
            _tell_place(node, session, event, dates)
        _open_dates(node, session, event, dates)
        EVENTS.tell_public(node, session, event)
    return event


def _where(event: Event | Draft) -> tuple[str, str, str]:
    return event.place, event.address, event.online_url


def _tell_place(node: Node, session: Session, event: Event, dates: Sequence[Occurrence]) -> None:
    """Tell those who come where it is now; a date that has a place of its own stays there."""
    for each in dates:
        if each.called_off_at is None and not each.place:
            parties = parties_of(session, each.id, "in", "waiting")
            write(node, session, each, event, parties, MOVED, key=f"place:{event.version}")


def _is_answered(session: Session, event_id: int) -> bool:
    """Say whether somebody signed up: what they answered belongs to what they were asked."""
    of_event = select(SignUp.id).join(Occurrence, Occurrence.id == SignUp.occurrence_id)
    found = of_event.where(Occurrence.event_id == event_id, SignUp.erased.is_(False)).limit(1)
    return session.scalar(found) is not None


def _open_dates(node: Node, session: Session, event: Event, dates: Sequence[Occurrence]) -> None:
    """Ask for the reminders, and let in who waits."""
    for each in dates:
        if event.signs_up and each.called_off_at is None:
            remind_later(node, session, each)
            promote(node, session, each, event)


def publish(node: Node, session: Session, event_id: int, *, actor_id: int) -> None:
    """Let everyone see an event; a second time nothing happens. Followers are told the first."""
    event = locked_event(session, event_id)
    if event.state == State.PUBLIC:
        return
    dates = locked_dates(session, event_id, node.clock.now())
    if not any(each.called_off_at is None for each in dates):
        raise Refused("It has no date that lies ahead. Please add one first.")
    is_new, now = event.published_at is None, node.clock.now()
    event.state, event.published_at = State.PUBLIC.value, event.published_at or now
    noted(node, session, "published", event, actor_id)
    _open_dates(node, session, event, dates)
    EVENTS.tell_public(node, session, event)
    if is_new:
        tell_new(node, session, event, actor_id=actor_id)


def withdraw(node: Node, session: Session, event_id: int, *, actor_id: int) -> None:
    """Call off every date that is ahead, tell who wanted to come, and show it to nobody else."""
    event = locked_event(session, event_id)
    if event.state != State.PUBLIC:
        return
    all_off(node, session, event, locked_dates(session, event_id, node.clock.now()))
    event.state = State.WITHDRAWN.value
    noted(node, session, "withdrawn", event, actor_id)
    EVENTS.tell_gone(node, session, event)


def discard(node: Node, session: Session, event_id: int, *, actor_id: int) -> None:
    """Delete an event for good, with who came to it; a public one is withdrawn first."""
    event = locked_event(session, event_id)
    if event.state == State.PUBLIC:
        raise Refused("Please withdraw it first. Then you can delete it.")
    noted(node, session, "discarded", event, actor_id)
    dates = select(Occurrence.id).where(Occurrence.event_id == event_id)
    session.execute(delete(SignUp).where(SignUp.occurrence_id.in_(dates)))
    session.execute(delete(Occurrence).where(Occurrence.event_id == event_id))
    session.delete(event)
    session.flush()
    search.changed(session, KIND, event_id)
