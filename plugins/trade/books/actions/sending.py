"""Documents about money, kept and handed over to be delivered."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.addresses import actor_of, host_of
from .....core.errors import NotFound, Refused
from .....core.node import Node
from .....core.talk import Letter, Peer, Received
from ...orders.actions import note_event
from ...orders.queries import base
from ...orders.rules.words import Document, Envelope

MONEY_LANE = "money"
"""The lane of what concerns no single order."""


def envelope_to(node: Node, actor: str, sender_id: int | None = None) -> Envelope:
    """Return the head of a new document for an actor elsewhere."""
    id_ = f"{base(node)}/trade/activities/{node.random.token(16)}"
    return Envelope(id_, actor_of(base(node), sender_id), actor, node.clock.now())


def envelope_back(node: Node, received: Received, sender_id: int | None = None) -> Envelope:
    """Return the head of an answer to whoever sent a document."""
    return envelope_to(node, received.actor, sender_id)


def peer_of(node: Node, session: Session, host: str) -> Peer:
    """Return the node of this host; NotFound if this one does not talk to it."""
    known = node.hooks.peers(node=node, session=session) or ()
    found: list[Peer] = [peer for peer in known if peer.host == host]
    if not found:
        raise NotFound("This node does not talk to that one.")
    return found[0]


def send(
    node: Node,
    session: Session,
    document: Document,
    *,
    lane: str,
    kind: str,
    sender_id: int | None = None,
    order_id: int | None = None,
) -> None:
    """Keep a document and hand it over, sealed; Refused where nothing delivers."""
    to = document["to"][0]
    note_event(node, session, "out", host_of(to), document, kind, order_id=order_id)
    letter = Letter(to=to, document=document, lane=lane, sender_id=sender_id, sealed=True)
    if node.hooks.send_document(node=node, session=session, letter=letter) is None:
        raise Refused("This node is not connected to others, so that nothing can be sent.")
