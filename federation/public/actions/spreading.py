"""Telling followers: one letter to each inbox that they share, so many at a time, by jobs.

One lane for each author and host: a server that is away holds up nobody else, and what it is told
comes in order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from ....core import outbox
from ....core.errors import Refused
from ....core.models import Space
from ....core.node import Node
from ...trust.actions.describing import profile_document, space_document, town_document
from .. import queries
from ..models import Listener, Thing
from ..rules import documents
from .authors import PROFILED, TOWN, actor_of, profile_of, send

SPREAD, INTRODUCE, FAREWELL = "federation.spread", "federation.introduce", "federation.farewell"
LANE = "public:"
AT_ONCE = 100
"""Inboxes that are told in one transaction."""

PAUSE = timedelta(minutes=1)
"""After which a change is told, with all that came meanwhile; what is new is told at once."""

Said = Callable[[str], Mapping[str, Any]]
"""What is said to one inbox, by the mark that tells its letter from the others."""


def ask_spreading(node: Node, session: Session, thing_id: int, version: int) -> None:
    """Have a thing told in this version; 0: that it is gone."""
    at = node.clock.now() + (PAUSE if version > 1 else timedelta())
    payload = {"thing": thing_id, "version": version, "after": ""}
    outbox.enqueue(session, SPREAD, payload, key=f"{SPREAD}:{thing_id}:{version}", at=at)


def ask_introduction(node: Node, session: Session, author: str) -> None:
    """Have followers told that an author's document has changed, within a minute."""
    minute = int(node.clock.now().timestamp()) // 60
    payload = {"author": author, "mark": str(minute), "after": ""}
    key = f"{INTRODUCE}:{author}:{minute}"
    outbox.enqueue(session, INTRODUCE, payload, key=key, at=node.clock.now() + PAUSE)


def ask_farewell(node: Node, session: Session, author: str, version: int) -> None:
    """Have followers told that an author is gone."""
    payload = {"author": author, "mark": str(version), "after": ""}
    key = f"{FAREWELL}:{author}:{version}"
    outbox.enqueue(session, FAREWELL, payload, key=key, at=node.clock.now())


def work_spread(node: Node, payload: Mapping[str, Any]) -> None:
    """Tell the next inboxes of a thing, as it is now."""
    with node.db.write() as session:
        row = session.get(Thing, payload["thing"], with_for_update=True)
        if row is None or (row.gone_at is not None) != (payload["version"] == 0):
            return
        row.told = max(row.told, row.version)
        _go_on(node, session, SPREAD, row.author, payload, _news(node, row))


def _news(node: Node, row: Thing) -> Said:
    base = node.settings.node.address
    told = told_of(node, row)
    if row.gone_at is not None:
        return lambda mark: documents.gone(base, told, mark)
    return lambda mark: documents.news(base, told, mark)


def told_of(node: Node, row: Thing) -> documents.Told:
    """Return a thing as documents tell it."""
    return documents.Told(
        id=row.id, author=row.author, kind=row.kind, title=row.title, text=row.text, path=row.path,
        at=row.at, changed_at=row.changed_at, version=row.version,
        language=node.settings.node.languages[0], picture=row.picture, caption=row.caption,
        place=row.place, tags=tuple(map(str, row.tags)), starts_at=row.starts_at,
        ends_at=row.ends_at, passed_on=row.passed_on,
    )  # fmt: skip


def work_introduce(node: Node, payload: Mapping[str, Any]) -> None:
    """Tell the next inboxes how an author describes itself now."""
    author = payload["author"]
    with node.db.write() as session:
        described = describe(node, session, author)
        if described is None:
            return
        about = {name: value for name, value in described.items() if name != "@context"}
        _go_on(node, session, INTRODUCE, author, payload,
               _of_actor(node, author, "Update", about, payload["mark"]))  # fmt: skip


def work_farewell(node: Node, payload: Mapping[str, Any]) -> None:
    """Tell the next inboxes that an author is gone, and at last forget who followed."""
    author = payload["author"]
    with node.db.write() as session:
        said = _of_actor(node, author, "Delete", actor_of(node, author), payload["mark"])
        if not _go_on(node, session, FAREWELL, author, payload, said):
            session.execute(delete(Listener).where(Listener.author == author))


def _of_actor(
    node: Node, author: str, kind: str, about: Mapping[str, Any] | str, mark: str
) -> Said:
    base = node.settings.node.address
    return lambda inbox: documents.about_actor(base, author, kind, about, f"{mark}/{inbox}")


def describe(node: Node, session: Session, author: str) -> Mapping[str, Any] | None:
    """Return the document of an author, None if it is nobody for others."""
    kind, _, number = author.partition(":")
    if author == TOWN:
        return town_document(node, session)
    if kind in PROFILED:
        profile = profile_of(node, session, author)
        return None if profile is None else profile_document(node, session, profile)
    space = session.get(Space, int(number))
    return None if space is None or space.closed_at else space_document(node, session, space)


def _go_on(
    node: Node, session: Session, kind: str, author: str, payload: Mapping[str, Any], said: Said
) -> bool:
    """Write to the next inboxes; ask for those after them, and say whether there are any."""
    after = str(payload["after"])
    found = queries.inboxes(session, author, after=after, limit=AT_ONCE)
    for inbox, _host in found:
        _tell(node, session, author, inbox, said(mark_of(inbox)))
    if len(found) < AT_ONCE:
        return False
    last = found[-1][0]
    rest = {**payload, "after": last}
    named = ":".join(str(value) for name, value in payload.items() if name != "after")
    key = f"{kind}:{named}:{mark_of(last)}"
    outbox.enqueue(session, kind, rest, key=key, at=node.clock.now())
    return True


def mark_of(inbox: str) -> str:
    """Return what tells the letters to one inbox from those to others."""
    return hashlib.sha256(inbox.encode()).hexdigest()[:16]


def _tell(
    node: Node, session: Session, author: str, inbox: str, document: Mapping[str, Any]
) -> None:
    """Write to one inbox; who may be told nothing any more follows no longer."""
    try:
        send(node, session, author, inbox, document, lane=f"{LANE}{author}", direct=True)
    except Refused:
        session.execute(delete(Listener).where(Listener.author == author, Listener.inbox == inbox))
