"""What others are told of events: plugins, followers, programs."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.facts import ThingPublished
from .....core.node import Node
from .....core.values import Message
from .....core.web.prose import plain
from ...things import Things, author_of, voice_of
from ..models import Event, Occurrence
from ..rules import FOLLOWED, KIND, path_of, subject_of

_IN_A_NOTICE = 300
_IN_A_FACT = 5_000


def _next_date(node: Node, session: Session, event: Event) -> Occurrence | None:
    """Return the next date that takes place, the last one if all are over; None if there is
    none."""
    stands = select(Occurrence).where(
        Occurrence.event_id == event.id, Occurrence.called_off_at.is_(None)
    )
    ahead = stands.where(Occurrence.ends_at > node.clock.now())
    first = session.scalars(ahead.order_by(Occurrence.starts_at).limit(1)).first()
    return first or session.scalars(stands.order_by(Occurrence.starts_at.desc()).limit(1)).first()


def _fact_of(node: Node, session: Session, event: Event) -> ThingPublished | None:
    date = _next_date(node, session, event)
    if date is None or event.published_at is None:
        return None
    return ThingPublished(
        subject=subject_of(event.id),
        kind=KIND,
        author=author_of(event.space_id),
        title=event.title,
        path=path_of(event.id),
        at=event.published_at,
        text=plain(event.text, _IN_A_FACT),
        starts_at=date.starts_at,
        ends_at=date.ends_at,
        place=date.place or event.place,
        voice=voice_of(event.space_id),
    )


EVENTS = Things(KIND, Message("Public event", {}), Event, _fact_of, FOLLOWED)


def tell_new(node: Node, session: Session, event: Event, *, actor_id: int) -> None:
    """Tell of an event that is public for the first time."""
    date = _next_date(node, session, event)
    if date is None:
        return
    # In figures alone: it is told in many languages from one text.
    when = date.starts_at.astimezone(ZoneInfo(node.settings.node.time_zone))
    words = [f"{when:%Y-%m-%d %H:%M}", event.place, "", plain(event.text, _IN_A_NOTICE)]
    EVENTS.tell_new(
        node, session, event, "\n".join(words), actor_id=actor_id, until=date.ends_at,
        starts_at=date.starts_at, ends_at=date.ends_at,
    )  # fmt: skip
