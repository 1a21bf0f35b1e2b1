"""Following somebody on another node: the node asks for it once, for all of us together."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import follows, outbox
from .....core.addresses import node_actor
from .....core.auth import attempts
from .....core.errors import Refused, TooMany
from .....core.facts import PeerChanged, ThingWithdrawn
from .....core.node import Node
from .....core.talk import FoundActor, Letter
from .. import queries
from ..models import Answer, Copy, Neighbour
from ..rules.cleaning import clean, line, plain

TIDY = "feed.wire.tidy"
KEPT = timedelta(days=180)
"""How long a copy is kept that its own node has not spoken of since."""

MOST = 500
"""Actors of other nodes that this node follows."""

_LOOKS = attempts.Limit("feed.find", most=30, minutes=60)


def find(node: Node, person_id: int, name: str) -> FoundActor:
    """Look up somebody elsewhere; their node is asked, so no transaction may be open."""
    with node.db.write() as session:
        within = attempts.count(session, _LOOKS, str(person_id), at=node.clock.now())
    if not within:
        raise TooMany("That was tried too often. Please try again in an hour.")
    found: FoundActor | None = node.hooks.find_actor(node=node, name=name)
    if found is None:
        raise Refused("This node is not connected to others.")
    return found


def follow(node: Node, session: Session, person_id: int, found: FoundActor) -> Neighbour:
    """Follow somebody from now on; if nobody here does yet, their node is asked."""
    row = queries.neighbour(session, found.address, lock=True)
    if row is None:
        _check_room(session)
        row = Neighbour(address=found.address, state="ended", request="", asked_at=node.clock.now())
        session.add(row)
    row.host, row.kind, row.page = found.host, found.kind[:20], found.page
    row.handle, row.name = line(found.handle, 120), line(found.name, 120) or found.handle[:120]
    row.words = plain(clean(found.words))[:2_000]
    session.flush()
    follows.follow(session, person_id, f"actor:{row.id}", at=node.clock.now())
    if row.state not in ("asked", "accepted"):
        _ask(node, session, row)
    ask_tidying(node, session)
    return row


def _check_room(session: Session) -> None:
    standing = select(Neighbour.id).where(Neighbour.state.in_(("asked", "accepted")))
    if len(session.scalars(standing.limit(MOST)).all()) >= MOST:
        raise TooMany("This node follows very many elsewhere already.")


def _ask(node: Node, session: Session, row: Neighbour) -> None:
    base = node.settings.node.address
    row.request = f"{base}/activities/{node.random.token(16)}"
    row.state, row.asked_at = "asked", node.clock.now()
    _send(node, session, row, _following(base, row))


def _following(base: str, row: Neighbour) -> dict[str, Any]:
    return {
        "id": row.request,
        "type": "Follow",
        "actor": node_actor(base),
        "object": row.address,
    }


def _send(node: Node, session: Session, row: Neighbour, said: Mapping[str, Any]) -> None:
    document = {
        "@context": "https://www.w3.org/ns/activitystreams",
        **said,
        "to": [row.address],
    }
    session.flush()
    letter = Letter(
        to=row.address, document=document, lane=f"follow:{row.address}"[:200], public=True
    )
    if not node.hooks.send_document(node=node, session=session, letter=letter):
        raise Refused("This node is not connected to others.")


def ask_tidying(node: Node, session: Session) -> None:
    """Ask for the next tidying, once a day."""
    at = node.clock.now() + timedelta(days=1)
    outbox.enqueue(session, TIDY, {}, key=f"{TIDY}:{at:%Y-%m-%d}", at=at)


def work_tidy(node: Node, _payload: Mapping[str, Any]) -> None:
    """Follow no more whom nobody here reads, and let go of old copies."""
    with node.db.write() as session:
        if session.scalar(select(Neighbour.id).limit(1)) is not None:
            ask_tidying(node, session)
        for row in queries.unread(session):
            end(node, session, row)
    _drop_old(node)


def _drop_old(node: Node) -> None:
    before = node.clock.now() - KEPT
    while True:
        with node.db.write() as session:
            old = select(Copy).where(Copy.fetched_at <= before).order_by(Copy.fetched_at).limit(200)
            rows = session.scalars(old).all()
            for each in rows:
                drop(node, session, each)
        if len(rows) < 200:
            return


def end(node: Node, session: Session, row: Neighbour) -> None:
    """Follow an actor no more, tell its node, and let go of what is held of it."""
    if row.state in ("asked", "accepted"):
        base = node.settings.node.address
        undo = {
            "id": f"{base}/activities/{node.random.token(16)}",
            "type": "Undo",
            "actor": node_actor(base),
            "object": _following(base, row),
        }
        with suppress(Refused):  # nothing may be sent there any more, which ends it as well
            _send(node, session, row, undo)
    close(node, session, row)


def close(node: Node, session: Session, row: Neighbour) -> None:
    """Let go of an actor and of what is held of it."""
    row.state = "ended"
    follows.forget_subject(session, f"actor:{row.id}")
    for each in session.scalars(select(Copy).where(Copy.neighbour_id == row.id)).all():
        drop(node, session, each)


def drop(node: Node, session: Session, copy: Copy) -> None:
    """Let go of a copy, and tell whoever shows it."""
    fact = ThingWithdrawn(
        subject=f"copy:{copy.id}", author=f"actor:{copy.neighbour_id}", at=node.clock.now()
    )
    for held in session.scalars(select(Answer).where(Answer.copy_id == copy.id)).all():
        if held.kind == "share":
            share = ThingWithdrawn(f"share:{held.id}", f"person:{held.person_id}", node.clock.now())
            node.hooks.thing_withdrawn(node=node, session=session, fact=share)
        session.delete(held)
    session.flush()
    session.delete(copy)
    session.flush()
    node.hooks.thing_withdrawn(node=node, session=session, fact=fact)


def follow_tie(node: Node, session: Session, fact: PeerChanged) -> None:
    """Let go of everybody on a node that is not talked to any more."""
    if fact.state not in ("blocked", "ended"):
        return
    standing = select(Neighbour).where(Neighbour.host == fact.host, Neighbour.state != "ended")
    for row in session.scalars(standing).all():
        close(node, session, row)
