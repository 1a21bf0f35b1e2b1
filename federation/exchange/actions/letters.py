"""Letters of the exchange: each with an address of its own on the actor that sends it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from ....core.addresses import actor_of
from ....core.errors import Refused
from ....core.node import Node
from ....core.talk import Letter


def here(node: Node, space_id: int | None) -> str:
    """Return the address of an actor of this node."""
    return actor_of(node.settings.node.address, space_id)


def new_activity(node: Node, actor: str) -> str:
    """Return an address for an activity that names one content for ever."""
    return f"{actor}/activities/{node.random.token(16)}"


def send(
    node: Node, session: Session, space_id: int | None, to: str, document: Mapping[str, Any], *,
    lane: str,
) -> None:  # fmt: skip
    """Send a document to an actor of another node."""
    letter = Letter(to=to, document=document, lane=lane, sender_id=space_id)
    if not node.hooks.send_document(node=node, session=session, letter=letter):
        raise Refused("This node is not connected to others.")
