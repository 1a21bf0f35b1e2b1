"""Actors of other nodes, remembered for a day: where they take letters, what they are called."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, select

from ....core.addresses import host_of
from ....core.errors import NotFound, Unreachable
from ....core.node import Node
from ....core.statements import Statement
from ....core.values import Message
from ..models import Actor
from ..rules.remote import Remote, read_remote
from . import outgoing, store
from .keys import LIFETIME

AGAIN = timedelta(minutes=5)
"""How long nobody asks again after an actor that was asked for just now, whatever came of it."""


_actor = Actor.__table__
_INBOX = Statement(
    select(_actor.c.inbox, _actor.c.fetched_at).where(_actor.c.id == bindparam("id"))
)


def actor(node: Node, address: str, *, anew: bool = False) -> Actor:
    """Return an actor as its document says, asked for at most once in five minutes.

    ``anew``: what is remembered does not do any more. No transaction may be open. Raises
    ``NotFound`` if there is no such actor any more, ``Unreachable`` if it is not to be had.
    """
    known = _known(node, address)
    if known is not None and not anew and _is_fresh(node, known):
        return known
    if known is not None and _was_tried(node, known):
        if known.gone_at is not None:
            raise NotFound("%(host)s no longer has this.", host=known.host)
        if known.inbox:
            return known
        raise Unreachable("%(host)s was asked just now, without success.", host=known.host)
    return _ask(node, address, known)


def inbox(node: Node, address: str, *, anew: bool = False) -> str:
    """Return where an actor of another node takes letters; errors as for ``actor``."""
    if not anew:
        with node.db.glance() as connection:  # asked for each letter, and so at little cost
            known = _INBOX.one_or_none(connection, {"id": address})
        if known is not None and _is_fresh(node, known):
            return str(known.inbox)
    return actor(node, address, anew=anew).inbox


def _known(node: Node, address: str) -> Actor | None:
    with node.db.look() as session:
        found = session.get(Actor, address)
        session.expunge_all()
    return found


def _is_fresh(node: Node, known: Any) -> bool:
    fetched = known.fetched_at
    return bool(known.inbox) and fetched is not None and node.clock.now() - fetched < LIFETIME


def _was_tried(node: Node, known: Actor) -> bool:
    return known.looked_at is not None and node.clock.now() - known.looked_at < AGAIN


def _ask(node: Node, address: str, known: Actor | None) -> Actor:
    now = node.clock.now()
    try:
        document = outgoing.fetch(node, address)
    except NotFound:
        _note(node, address, gone_at=now, keys=[])
        raise
    except Unreachable:
        _note(node, address)
        if known is not None and known.inbox:
            return known  # an old copy is better than none, and letters are tried again anyway
        raise
    found = read_remote(address, document)
    if isinstance(found, Message):
        _note(node, address)
        raise Unreachable("%(host)s sent something else than an actor.", host=host_of(address))
    _note(node, address, fetched_at=now, gone_at=None, **_told(found))
    store.Store(node).keep_listed(address, document)
    kept = _known(node, address)
    assert kept is not None  # noqa: S101 it was written a moment ago
    return kept


def _told(found: Remote) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "name": found.name,
        "handle": found.handle,
        "inbox": found.inbox,
        "shared": found.shared,
    }


def _note(node: Node, address: str, **values: Any) -> None:
    with node.db.write() as session:
        store.put(session, address, looked_at=node.clock.now(), **values)
