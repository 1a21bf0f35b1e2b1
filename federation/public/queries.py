"""Public things, those who follow their authors, and what they answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..trust.models import Voice
from .models import Echo, Listener, Thing

ASKED, FOLLOWING = "asked", "following"
SIZE = 20


def standing(session: Session, subject: str, *, lock: bool = False) -> Thing | None:
    """Return what stands public under a subject now."""
    query = select(Thing).where(Thing.subject == subject, Thing.gone_at.is_(None))
    return session.scalars(query.with_for_update() if lock else query).one_or_none()


def count(session: Session, author: str) -> int:
    """Return how much of an author is public."""
    query = select(func.count()).where(Thing.author == author, Thing.gone_at.is_(None))
    return session.scalar(query) or 0


def newest(session: Session, author: str, *, before: int | None, limit: int) -> Sequence[Thing]:
    """Return what an author made public, the newest first; ``before`` is the id of the last."""
    query = select(Thing).where(Thing.author == author, Thing.gone_at.is_(None))
    if before is not None:
        query = query.where(Thing.id < before)
    return session.scalars(query.order_by(Thing.id.desc()).limit(limit)).all()


def listener(session: Session, author: str, actor: str, *, lock: bool = False) -> Listener | None:
    """Return an actor that follows an author, or has asked to."""
    query = select(Listener).where(Listener.author == author, Listener.actor == actor)
    return session.scalars(query.with_for_update() if lock else query).one_or_none()


def listeners(
    session: Session, author: str, state: str, *, after: int = 0, limit: int
) -> Sequence[Listener]:
    """Return who follows an author, or has asked to, in the order they came."""
    query = select(Listener).where(
        Listener.author == author, Listener.state == state, Listener.id > after
    )
    return session.scalars(query.order_by(Listener.id).limit(limit)).all()


def listener_count(session: Session, author: str) -> int:
    """Return how many follow an author."""
    query = select(func.count()).where(Listener.author == author, Listener.state == FOLLOWING)
    return session.scalar(query) or 0


def count_of_host(session: Session, host: str) -> int:
    """Return how many followings actors of a node hold here."""
    return session.scalar(select(func.count()).where(Listener.host == host)) or 0


def inboxes(session: Session, author: str, *, after: str, limit: int) -> Sequence[tuple[str, str]]:
    """Return inbox and host of those who follow an author, each inbox once, by its address."""
    query = (
        select(Listener.inbox, Listener.host)
        .where(
            Listener.author == author, Listener.state == FOLLOWING, Listener.inbox > after
        )
        .distinct()
        .order_by(Listener.inbox)
        .limit(limit)
    )  # fmt: skip
    return [(row.inbox, row.host) for row in session.execute(query)]


def echo_count(session: Session, thing_id: int, kind: str) -> int:
    """Return how many like a thing, or pass it on."""
    query = select(func.count()).where(Echo.thing_id == thing_id, Echo.kind == kind)
    return session.scalar(query) or 0


@dataclass(frozen=True, slots=True)
class Answered:
    """A public thing and how many elsewhere like it or pass it on; for its author alone."""

    title: str
    path: str
    at: datetime
    likes: int
    shares: int


def answered(session: Session, author: str, *, limit: int = SIZE) -> Sequence[Answered]:
    """Return the newest things of an author that somebody elsewhere answered."""

    likes = func.count().filter(Echo.kind == "Like")
    shares = func.count().filter(Echo.kind == "Announce")
    query = (
        select(Thing.title, Thing.text, Thing.path, Thing.at, likes, shares)
        .join(Echo, Echo.thing_id == Thing.id)
        .where(Thing.author == author, Thing.gone_at.is_(None))
        .group_by(Thing.id, Thing.title, Thing.text, Thing.path, Thing.at)
        .order_by(Thing.id.desc())
        .limit(limit)
    )
    return [
        Answered(title or text[:60], path, at, liked, shared)
        for title, text, path, at, liked, shared in session.execute(query)
    ]


def is_known(session: Session, author: str) -> bool:
    """Say whether anybody elsewhere can have heard of an author."""
    things = select(Thing.id).where(Thing.author == author, Thing.gone_at.is_(None))
    heard = select(Listener.id).where(Listener.author == author)
    return any(session.scalar(query.limit(1)) is not None for query in (heard, things)) or (
        session.get(Voice, author) is not None
    )
