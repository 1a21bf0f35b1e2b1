"""Following: people have themselves told what is new of a space, a person, a tag, a collection.

What is followed is named by text ("space:7"), so that nobody here knows whose it is; what can be is
what a plugin says of it (``Thing.can_follow``). Nobody else is shown who follows what.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from . import notices, outbox
from .errors import Refused
from .models import Follow
from .node import Node
from .notices import Notice
from .statements import Statement
from .values import Message

MOST = 5_000
"""What one person can follow."""

AT_ONCE = 500
TELL = "core.tell_followers"
_INSERT = Statement(lambda insert: insert(Follow.__table__).on_conflict_do_nothing())


def follow(session: Session, person_id: int, subject: str, *, at: datetime) -> bool:
    """Follow from now on; return whether that is new. ``Refused`` at far too many."""
    held = session.scalar(select(func.count()).where(Follow.person_id == person_id)) or 0
    if held >= MOST:
        raise Refused("You follow so much already. Please end some of it first.")
    row = {"person_id": person_id, "subject": subject, "since": at}
    return _INSERT.write(session, row).count > 0


def unfollow(session: Session, person_id: int, subject: str) -> None:
    """Be told no more."""
    session.execute(delete(Follow).where(Follow.person_id == person_id, Follow.subject == subject))


def following(session: Session, person_id: int, subjects: Collection[str]) -> frozenset[str]:
    """Return those of these subjects that the person follows."""
    query = select(Follow.subject).where(
        Follow.person_id == person_id, Follow.subject.in_(set(subjects))
    )
    return frozenset(session.scalars(query))


def subjects_of(
    session: Session, person_id: int, *, after: str = "", limit: int = MOST
) -> list[str]:
    """Return what the person follows above ``after``, sorted."""
    query = select(Follow.subject).where(Follow.person_id == person_id, Follow.subject > after)
    return list(session.scalars(query.order_by(Follow.subject).limit(limit)))


def count(session: Session, subject: str) -> int:
    """Return how many follow something; for those who run it, never shown to others."""
    return session.scalar(select(func.count()).where(Follow.subject == subject)) or 0


def followers(
    session: Session, subject: str, *, after: int | None = None, limit: int = AT_ONCE
) -> list[int]:
    """Return the ids of those who follow something, above ``after``, rising."""
    query = select(Follow.person_id).where(Follow.subject == subject)
    if after is not None:
        query = query.where(Follow.person_id > after)
    return list(session.scalars(query.order_by(Follow.person_id).limit(limit)))


def forget_subject(session: Session, subject: str) -> None:
    """Let nobody follow what is gone for good."""
    session.execute(delete(Follow).where(Follow.subject == subject))


def forget(session: Session, person_id: int) -> None:
    """Take away what somebody follows who leaves, and that others follow them."""
    session.execute(delete(Follow).where(Follow.person_id == person_id))
    forget_subject(session, f"person:{person_id}")


def personal_data(person_id: int) -> dict[str, Select[*tuple[Any, ...]]]:
    """Return the query for what the person takes along."""
    return {"follows": select(Follow.subject, Follow.since).where(Follow.person_id == person_id)}


def tell(
    node: Node, session: Session, subject: str, notice: Notice, *, but: int | None = None
) -> None:
    """Tell all who follow ``subject``, by jobs of the outbox, each as they chose for the kind.

    Title and text are plain or messages whose values are numbers and texts. ``but`` is not told:
    who wrote it knows it.
    """
    payload = {
        "subject": subject,
        "but": but,
        "after": None,
        "kind": notice.kind,
        "key": notice.key,
        "title": _kept(notice.title),
        "text": _kept(notice.text),
        "url": notice.url,
        "about": notice.subject,
        "heading": notice.heading,
        "until": notice.until and notice.until.isoformat(),
    }
    outbox.enqueue(session, TELL, payload, key=_key(subject, notice), at=node.clock.now())


def work_tell(node: Node, payload: Mapping[str, Any]) -> None:
    """Tell the next followers, and ask for those after them."""
    subject, notice = payload["subject"], _notice(payload)
    with node.db.write() as session:
        people = followers(session, subject, after=payload["after"])
        notices.tell(node, session, [each for each in people if each != payload["but"]], notice)
        if len(people) == AT_ONCE:
            rest = {**payload, "after": people[-1]}
            key = f"{_key(subject, notice)}:{people[-1]}"
            outbox.enqueue(session, TELL, rest, key=key, at=node.clock.now())


def _key(subject: str, notice: Notice) -> str:
    return f"follow:{subject}:{notice.key}"[:110]


def _kept(words: notices.Words) -> Any:
    if callable(words):
        raise TypeError("what waits is kept as a text or a message")
    return [words.text, dict(words.values)] if isinstance(words, Message) else words


def _notice(payload: Mapping[str, Any]) -> Notice:
    until = payload["until"]
    read = Notice(
        kind=payload["kind"], title=_words(payload["title"]), text=_words(payload["text"]),
        key=payload["key"], url=payload["url"], subject=payload["about"],
        heading=payload["heading"],
    )  # fmt: skip
    return replace(read, until=datetime.fromisoformat(until)) if until else read


def _words(kept: Any) -> str | Message:
    return kept if isinstance(kept, str) else Message(kept[0], kept[1])
