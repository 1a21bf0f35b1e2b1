"""Letting followers in: where they are told is asked first, then the answer goes out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from ....core import outbox
from ....core.errors import NotFound, Refused, TooMany
from ....core.node import Node
from ....core.talk import Received
from ...trust.actions import actors
from ...trust.queries import voices
from .. import queries
from ..models import Listener
from ..rules import documents
from .authors import actor_of, is_author, send

LET_IN = "federation.let_in"
NEW = "new"
"""The state of somebody of whom it is not known yet where they are told."""

MOST_OF_HOST = 20_000
"""Followings that actors of one node may hold here."""


def ask(node: Node, session: Session, received: Received, author: str) -> str:
    """Note that an actor wants to follow an author; a job asks it where it is told."""
    if not is_author(node, session, author):
        answer(node, session, author, _asked(received.document), "Reject")
        return "Nobody of this name can be followed."
    row = queries.listener(session, author, received.actor, lock=True)
    if row is None:
        if queries.count_of_host(session, received.host) >= MOST_OF_HOST:
            raise TooMany("Too much is followed here from %(host)s already.", host=received.host)
        row = Listener(
            author=author, actor=received.actor, host=received.host, inbox="", state=NEW,
            since=node.clock.now(),
        )  # fmt: skip
        session.add(row)
    row.request = received.id
    session.flush()
    key = f"{LET_IN}:{hashlib.sha256(received.id.encode()).hexdigest()[:32]}"
    outbox.enqueue(session, LET_IN, {"listener": row.id}, key=key, at=node.clock.now())
    return "It will be answered in a moment."


def _asked(document: Mapping[str, Any]) -> dict[str, Any]:
    about = document.get("object")
    named = about.get("id") if isinstance(about, Mapping) else about
    actor = document.get("actor")
    by = actor.get("id") if isinstance(actor, Mapping) else actor
    return {"id": document["id"], "type": "Follow", "actor": by, "object": named}


def work_let_in(node: Node, payload: Mapping[str, Any]) -> None:
    """Ask an actor where it is told, and answer it: yes, or once somebody of ours has said so."""
    with node.db.read() as session:
        row = session.get(Listener, payload["listener"])
        if row is None:
            return
        address = row.actor
    try:
        found = actors.actor(node, address)
    except NotFound:
        found = None
    with node.db.write() as session:
        row = session.get(Listener, payload["listener"], with_for_update=True)
        if row is None:
            return
        if found is None:
            session.delete(row)
            return
        row.inbox = found.shared or found.inbox
        row.name = f"{found.name} (@{found.handle}@{found.host})"[:300]
        if row.state != queries.FOLLOWING and voices.by_hand(session, row.author):
            row.state = queries.ASKED
        else:
            accept(node, session, row)


def accept(node: Node, session: Session, row: Listener) -> None:
    """Let somebody follow from now on."""
    row.state = queries.FOLLOWING
    try:
        answer(node, session, row.author, request_of(node, row), "Accept")
    except Refused:  # nothing may be sent there any more
        session.delete(row)


def refuse(node: Node, session: Session, row: Listener) -> None:
    """Let somebody follow no more, or not at all."""
    answer(node, session, row.author, request_of(node, row), "Reject")
    session.delete(row)


def request_of(node: Node, row: Listener) -> dict[str, Any]:
    """Return the Follow by which somebody asked."""
    return {
        "id": row.request,
        "type": "Follow",
        "actor": row.actor,
        "object": actor_of(node, row.author),
    }


def answer(node: Node, session: Session, author: str, asked: Mapping[str, Any], kind: str) -> None:
    """Answer a Follow in the name of whom it asked."""
    actor = actor_of(node, author)
    address = f"{actor}/activities/{node.random.token(16)}"
    document = documents.answer(address, kind, actor, asked)
    send(node, session, author, str(asked["actor"]), document, lane=f"follow:{author}")
