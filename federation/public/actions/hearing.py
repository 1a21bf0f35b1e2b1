"""Hearing what is made public on this node, changed and taken back; what follows is told by jobs.

A change that comes before the last one was told goes with it: who edits ten times in a minute sends
one letter.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from ....core.facts import LetterEnded, PeerChanged, ThingPublished
from ....core.models import Space
from ....core.node import Node
from ...trust.actions.gate import follows_open, is_open
from ...trust.models import Voice
from ...trust.queries import voices
from ...trust.rules.states import BLOCKED, ENDED
from .. import queries
from ..models import Echo, Listener, Thing
from .authors import is_author
from .spreading import LANE, ask_farewell, ask_introduction, ask_spreading, mark_of

LONGEST = 100_000
"""Letters of a text that are kept."""

_BLANK: dict[str, Any] = {
    "title": "", "text": "", "path": "", "picture": "", "caption": "", "place": "", "tags": [],
    "starts_at": None, "ends_at": None,
}  # fmt: skip


def publish(node: Node, session: Session, fact: ThingPublished) -> None:
    """Note what was made public by an author whom others may know, and have it told."""
    author = fact.voice or fact.author
    if not is_author(node, session, author):
        return
    told = _told(fact)
    row = queries.standing(session, fact.subject, lock=True)
    if row is None:
        row = Thing(
            subject=fact.subject[:80], author=author, at=fact.at, changed_at=node.clock.now(),
            version=1, told=0, **told,
        )  # fmt: skip
        session.add(row)
        session.flush()
    elif all(getattr(row, name) == value for name, value in told.items()):
        return
    else:
        for name, value in told.items():
            setattr(row, name, value)
        row.changed_at = node.clock.now()
        row.version += row.version == row.told
    ask_spreading(node, session, row.id, row.version)


def _told(fact: ThingPublished) -> dict[str, Any]:
    return {
        "kind": fact.kind[:20],
        "title": fact.title[:300],
        "text": fact.text[:LONGEST],
        "path": fact.path[:500],
        "picture": fact.picture[:80],
        "caption": fact.caption[:500],
        "place": fact.place[:300],
        "tags": [tag.lstrip("#")[:60] for tag in fact.tags[:20] if tag.lstrip("#")],
        "starts_at": fact.starts_at,
        "ends_at": fact.ends_at,
        "passed_on": fact.passed_on[:500],
    }


def withdraw(node: Node, session: Session, subject: str) -> None:
    """Let go of what is public no more; whoever was told of it is told that as well."""
    row = queries.standing(session, subject, lock=True)
    if row is None:
        return
    _bury(session, [row.id], node.clock.now())
    if row.told:
        ask_spreading(node, session, row.id, 0)


def _bury(session: Session, ids: list[int], at: datetime) -> None:
    """Leave nothing of public things but that they were there."""
    session.execute(
        update(Thing).where(Thing.id.in_(ids)).values(**_BLANK, gone_at=at, changed_at=at)
    )
    session.execute(delete(Echo).where(Echo.thing_id.in_(ids)))


def hide(node: Node, session: Session, subject: str, *, hidden: bool) -> None:
    """Take back what stewards keep from being seen; what is shown again is told anew by its own."""
    if hidden:
        withdraw(node, session, subject)


def follow_profile(node: Node, session: Session, author: str) -> None:
    """Tell followers that somebody's profile has changed, or that there is none any more."""
    if not is_author(node, session, author):
        leave(node, session, author)
        return
    voice = voices.made(session, author)
    voice.gone_at, voice.version = None, voice.version + 1
    if queries.listener_count(session, author):
        ask_introduction(node, session, author)


def follow_space(node: Node, session: Session, space_id: int) -> None:
    """Tell followers that a space has changed; one that is closed says farewell."""
    author = f"space:{space_id}"
    if not queries.is_known(session, author):
        return
    space = session.get(Space, space_id)
    if space is None or space.closed_at is not None:
        leave(node, session, author)
        return
    voice = session.get(Voice, author)
    if voice is not None:
        voice.gone_at = None
    if queries.listener_count(session, author):
        ask_introduction(node, session, author)


def leave(node: Node, session: Session, author: str) -> None:
    """Let an author be nobody any more for others: all that was told of them is to be deleted."""
    if not queries.is_known(session, author):
        return
    now = node.clock.now()
    voice = voices.made(session, author)
    if voice.gone_at is not None:
        return
    voice.gone_at, voice.version = now, voice.version + 1
    ids = session.scalars(select(Thing.id).where(Thing.author == author, Thing.gone_at.is_(None)))
    _bury(session, list(ids), now)
    ask_farewell(node, session, author, voice.version)


def follow_tie(node: Node, session: Session, fact: PeerChanged) -> None:
    """Let go of followers of a node that is not talked to any more."""
    stays = follows_open(node) or is_open(node)
    if fact.state == BLOCKED or (fact.state == ENDED and not stays):
        session.execute(delete(Listener).where(Listener.host == fact.host))


def follow_letter(session: Session, fact: LetterEnded) -> None:
    """Let go of followers whose inbox is no more: nothing reaches them."""
    if fact.arrived or fact.reason != "gone" or not fact.lane.startswith(LANE):
        return
    author, mark = fact.lane.removeprefix(LANE), fact.id.rpartition("/")[2]
    at_host = (Listener.author == author) & (Listener.host == fact.host)
    for inbox in session.scalars(select(Listener.inbox).where(at_host).distinct()).all():
        if mark_of(inbox) == mark:
            session.execute(delete(Listener).where(at_host, Listener.inbox == inbox))


def gone_since(session: Session, author: str) -> datetime | None:
    """Return since when an author is nobody any more for others."""
    found = session.get(Voice, author)
    return None if found is None else found.gone_at
