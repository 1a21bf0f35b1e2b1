"""Authors: the spaces, people and collections of this node that others can follow, and letters in
their name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from ....core.addresses import subject_actor
from ....core.errors import Refused
from ....core.node import Node
from ....core.talk import Letter
from ...trust.queries import spaces

MOST_SUBJECT = 40
PROFILED = frozenset({"person", "collection", "weekly"})
"""Kinds of authors of whom a plugin says what others may know (``profile``)."""

TOWN = "node"
"""The neighbourhood, as whose own the node makes something public."""


def is_author(node: Node, session: Session, author: str) -> bool:
    """Say whether others may know an author: the neighbourhood, an open space that is run here, a
    person who has agreed to it, or a collection that everyone may see."""
    if author == TOWN:
        return True
    kind, _, number = author.partition(":")
    if len(author) > MOST_SUBJECT or not number.isascii() or not number.isdecimal():
        return False
    if kind == "space":
        found = spaces.space(session, int(number))
        return found is not None and found.closed_at is None and not found.home
    return kind in PROFILED and profile_of(node, session, author) is not None


def profile_of(node: Node, session: Session, name: str) -> Any:
    """Return what others may know of a person or a collection, None if that is nothing."""
    return node.hooks.profile(node=node, session=session, name=name)


def actor_of(node: Node, author: str) -> str:
    """Return the address of an author's actor."""
    return subject_actor(node.settings.node.address, author)


def send(
    node: Node, session: Session, author: str, to: str, document: Mapping[str, Any], *, lane: str,
    direct: bool = False,
) -> None:  # fmt: skip
    """Send a document in the name of an author, to an actor or to an inbox itself (``direct``)."""
    kind, _, number = author.partition(":")
    letter = Letter(
        to=to,
        document=document,
        lane=lane[:200],
        sender_id=int(number) if kind == "space" else None,
        sender="" if kind == "space" else author,
        direct=direct,
        public=True,
    )
    if not node.hooks.send_document(node=node, session=session, letter=letter):
        raise Refused("This node is not connected to others.")
