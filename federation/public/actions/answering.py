"""What comes from those elsewhere about what is public here: they follow, like, pass on, leave."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ....core.addresses import subject_of
from ....core.node import Node
from ....core.statements import insert_of
from ....core.talk import Receipt, Received
from .. import queries
from ..models import Echo, Listener, Thing
from . import letting_in

MOST_ECHOES = 10_000
"""How many may like one thing, or pass it on; no more are counted."""

_THING = re.compile(r"/things/([1-9][0-9]{0,8})")


def take(node: Node, session: Session, received: Received) -> Receipt | None:
    """Take a document that is about an author of this node or a thing of one; None otherwise."""
    about = named(received.document.get("object"))
    note: str | None = None
    if received.kind == "Follow":
        note = _followed(node, session, received, about)
    elif received.kind in ("Like", "Announce"):
        note = _echoed(node, session, received, about)
    elif received.kind == "Undo":
        note = _undone(session, received, about)
    elif received.kind == "Delete" and about == received.actor:
        _forget(session, received.actor)  # others may know that actor as well, and are asked
    return None if note is None else Receipt(note)


def named(thing: object) -> str:
    """Return the id of something that is named, or written out; "" if it has none."""
    found = thing.get("id") if isinstance(thing, Mapping) else thing
    return found if isinstance(found, str) else ""


def _followed(node: Node, session: Session, received: Received, about: str) -> str | None:
    author = subject_of(node.settings.node.address, about)
    return None if author is None else letting_in.ask(node, session, received, author)


def _echoed(node: Node, session: Session, received: Received, about: str) -> str | None:
    base = node.settings.node.address
    found = _THING.fullmatch(about[len(base) :]) if about.startswith(f"{base}/") else None
    if found is None:
        return None
    thing = session.get(Thing, int(found[1]))
    if thing is None or thing.gone_at is not None:
        return "It is gone."
    if queries.echo_count(session, thing.id, received.kind) >= MOST_ECHOES:
        return "There are very many already."
    row: dict[str, Any] = {
        "thing_id": thing.id, "kind": received.kind, "actor": received.actor, "uri": received.id,
        "at": node.clock.now(),
    }  # fmt: skip
    insert = insert_of(session.get_bind().dialect.name)
    session.execute(insert(Echo).values(row).on_conflict_do_nothing())
    return "counted"


def _undone(session: Session, received: Received, about: str) -> str | None:
    """Take back a following, a liking or a passing on, whichever was said by that address."""
    mine = Listener.actor == received.actor
    row = session.scalars(select(Listener).where(mine, Listener.request == about)).one_or_none()
    if row is not None:
        session.delete(row)
        return "ended"
    found = select(Echo).where(Echo.actor == received.actor, Echo.uri == about)
    echo = session.scalars(found.limit(1)).one_or_none()
    if echo is None:
        return None
    session.delete(echo)
    return "taken back"


def _forget(session: Session, actor: str) -> None:
    session.execute(delete(Listener).where(Listener.actor == actor))
    session.execute(delete(Echo).where(Echo.actor == actor))
