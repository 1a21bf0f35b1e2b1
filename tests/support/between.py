"""What two nodes of a test write to each other, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wizzle.core.node import Node
from wizzle.core.talk import Letter, Receipt, Received
from wizzle.federation.delivery import send
from wizzle.federation.delivery.models import Arrived

from .letters import listening

PUMPKIN, QUINCE = "https://pumpkin.example", "https://quince.example"


def activity(name: str, *, to: str = f"{QUINCE}/actor", **more: Any) -> dict[str, Any]:
    """Return an activity of the node ``pumpkin`` whose id ends with ``name``."""
    return {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": f"{PUMPKIN}/activities/{name}",
        "type": "Create",
        "actor": f"{PUMPKIN}/actor",
        "to": to,
        "object": {
            "id": f"{PUMPKIN}/notes/{name}",
            "type": "Note",
            "attributedTo": f"{PUMPKIN}/actor",
            "content": f"한 상자 {name}",
        },
        **more,
    }


def note(name: str, *, to: str = f"{QUINCE}/actor", lane: str = "order:1", **more: Any) -> Letter:
    """Return a letter of the node ``pumpkin``."""
    return Letter(to=to, document=activity(name, to=to), lane=lane, **more)


def write(node: Node, *letters: Letter) -> None:
    """Write letters in one transaction."""
    with node.db.write() as session:
        for each in letters:
            send(node, session, each)


@contextmanager
def reading(
    node: Node, answer: Callable[[Session, Received], Receipt | None] | None = None
) -> Iterator[list[Received]]:
    """Hear what a node is told of what comes in, as the plugin that it belongs to."""
    heard: list[Received] = []

    class Listener:
        @staticmethod
        def receive_document(session: Session, received: Received) -> Receipt | None:
            heard.append(received)
            return Receipt("taken") if answer is None else answer(session, received)

    with listening(node, Listener):
        yield heard


def arrived(node: Node) -> list[tuple[str, str, str]]:
    """Return name, state and note of what came in, in its order."""
    with node.db.read() as session:
        rows = session.scalars(select(Arrived).order_by(Arrived.id))
        return [(row.uri.rsplit("/", 1)[1], row.state, row.note) for row in rows]
