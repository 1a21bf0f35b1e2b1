"""Telling others of events: plugins by facts, followers by a notice, programs by webhooks."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import follows, webhooks
from .....core.facts import ThingPublished, ThingWithdrawn
from .....core.models import Space
from .....core.node import Node
from .....core.notices import Notice
from .....core.values import Message
from .....core.web.prose import plain
from ..models import Event, Occurrence
from ..rules import FOLLOWED, KIND, State, author_of, path_of, subject_of

_IN_A_NOTICE = 300
_IN_A_FACT = 5_000


def next_date(node: Node, session: Session, event: Event) -> Occurrence | None:
    """Return the next date that takes place, the last one if all are over; None if there is
    none."""
    stands = select(Occurrence).where(
        Occurrence.event_id == event.id, Occurrence.called_off_at.is_(None)
    )
    ahead = stands.where(Occurrence.ends_at > node.clock.now())
    first = session.scalars(ahead.order_by(Occurrence.starts_at).limit(1)).first()
    return first or session.scalars(stands.order_by(Occurrence.starts_at.desc()).limit(1)).first()


def tell_public(node: Node, session: Session, event: Event) -> None:
    """Tell that an event is public, or that a public one changed; without any date it is gone."""
    if event.state != State.PUBLIC or event.hidden_at is not None or event.published_at is None:
        return
    session.flush()
    date = next_date(node, session, event)
    if date is None:
        tell_gone(node, session, event)
        return
    fact = ThingPublished(
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
    )
    node.hooks.thing_published(node=node, session=session, fact=fact)


def tell_gone(node: Node, session: Session, event: Event) -> None:
    """Tell that an event is public no more."""
    fact = ThingWithdrawn(subject_of(event.id), author_of(event.space_id), node.clock.now())
    node.hooks.thing_withdrawn(node=node, session=session, fact=fact)


def tell_new(node: Node, session: Session, event: Event, *, actor_id: int) -> None:
    """Tell followers and webhooks of an event that is public for the first time."""
    date, now = next_date(node, session, event), node.clock.now()
    if date is None:
        return
    data = {
        "event": event.id, "title": event.title, "space_id": event.space_id,
        "starts_at": date.starts_at, "ends_at": date.ends_at,
    }  # fmt: skip
    webhooks.tell(session, "event.published", event.space_id or 0, data, at=now)
    if event.space_id is None:  # the node is no page that one could follow
        return
    name = session.get_one(Space, event.space_id).name
    # In figures alone: it is told in many languages from one text.
    when = date.starts_at.astimezone(ZoneInfo(node.settings.node.time_zone))
    words = [f"{when:%Y-%m-%d %H:%M}", event.place, "", plain(event.text, _IN_A_NOTICE)]
    notice = Notice(
        kind=FOLLOWED.name,
        title=Message("%(name)s: %(title)s", {"name": name, "title": event.title}),
        text="\n".join(words),
        url=path_of(event.id),
        subject=author_of(event.space_id),
        heading=name,
        key=subject_of(event.id),
        until=date.ends_at,
    )
    follows.tell(node, session, author_of(event.space_id), notice, but=actor_id)
