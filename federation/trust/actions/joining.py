"""Joining, from the other side: what nodes write to us about the tie between us."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from ....core import outbox
from ....core.addresses import node_actor
from ....core.errors import Refused, TooMany
from ....core.node import Node
from ....core.talk import Receipt, Received
from ..models import Peer
from ..queries import peers
from ..rules import states
from ..rules.remote import LONGEST, NODES
from . import store, ties
from .looking import look

JOB = "federation.look"


def receive(node: Node, session: Session, received: Received) -> Receipt | None:
    """Take a Follow of this node's actor, or an answer to ours; None for everything else."""
    if received.space_id is not None:
        return None
    if received.kind == "Follow" and _names(received.document.get("object")) == _own(node):
        return _asked(node, session, received)
    if received.kind in ("Accept", "Reject", "Undo"):
        return _answered(node, session, received)
    return None


def _own(node: Node) -> str:
    return node_actor(node.settings.node.address)


def _names(found: object) -> str:
    """Return the id of something that is named or embedded, "" if it has none."""
    inner = found.get("id") if isinstance(found, Mapping) else found
    return inner if isinstance(inner, str) else ""


def _asked(node: Node, session: Session, received: Received) -> Receipt:
    """Note that a node wants to be joined; if we asked it too, both have agreed."""
    if len(received.id) > LONGEST:
        raise Refused("The address of this request is too long.")
    peer = _the_peer(node, session, received.host)
    if peer.state == states.BLOCKED:
        raise Refused("This node does not talk to %(host)s.", host=received.host)
    if store.kind_of(session, received.actor) not in NODES or (
        peer.actor and peer.actor != received.actor
    ):
        raise Refused("Only the actor of %(host)s itself can ask for it.", host=received.host)
    peer.actor, peer.asked_id = received.actor, received.id
    if peer.state in (states.ASKED_BY_US, *states.OPEN):
        if peer.state == states.ASKED_BY_US:
            ties.change(node, session, peer, states.JOINED)
        ties.answer(node, session, peer, "Accept")
        return Receipt("Both nodes have agreed.")
    peer.state = states.ASKED_BY_THEM
    ask_to_look(node, session, received.host)
    return Receipt("A steward looks at it.")


def _the_peer(node: Node, session: Session, host: str) -> Peer:
    """Return a peer, a new one if there is room for it."""
    known = peers.by_host(session, host, lock=True)
    if known is not None:
        return known
    make_room(node, session)
    now = node.clock.now()
    prune_at = now + store.FORGOTTEN + timedelta(hours=1)
    outbox.enqueue(session, store.JOB, {}, key=f"{store.JOB}:{now:%Y-%m-%d}", at=prune_at)
    return peers.made(session, host, now)


def make_room(node: Node, session: Session) -> None:
    """Refuse a further request while too many wait: nobody may fill the list."""
    if peers.count(session) >= node.host.settings("federation")["most_waiting"]:
        raise TooMany("Too many nodes are waiting to be joined here. Please try again later.")


def _answered(node: Node, session: Session, received: Received) -> Receipt | None:
    peer = peers.by_host(session, received.host, lock=True)
    about = _names(received.document.get("object"))
    if peer is None or not about or about not in (peer.asking_id, peer.asked_id):
        return None
    if received.actor != peer.actor:
        raise Refused("Only the actor of %(host)s itself can answer for it.", host=received.host)
    if received.kind == "Undo":
        return _left(node, session, peer) if about == peer.asked_id else None
    if about != peer.asking_id:
        return None
    if received.kind == "Reject":
        return _rejected(node, session, peer)
    if peer.state == states.ASKED_BY_US:
        ties.change(node, session, peer, states.JOINED)
    return Receipt("The other node has accepted.")


def _left(node: Node, session: Session, peer: Peer) -> Receipt:
    """The other node takes its request back, or ends what had come of it."""
    if peer.state in (*states.OPEN, states.ASKED_BY_THEM):
        ties.change(node, session, peer, states.ENDED)
    return Receipt("The other node has ended it.")


def _rejected(node: Node, session: Session, peer: Peer) -> Receipt:
    if peer.state == states.ASKED_BY_US:
        peer.state = states.REFUSED
    elif peer.state in states.OPEN:
        ties.change(node, session, peer, states.ENDED)
    return Receipt("The other node does not want it.")


def ask_to_look(node: Node, session: Session, host: str) -> None:
    """Have a job ask the node who it is, so that the steward sees more than its name."""
    now = node.clock.now()
    key = f"{JOB}:{host}:{int(now.timestamp()) // 300}"[:120]
    outbox.enqueue(session, JOB, {"host": host}, key=key, at=now)


def look_at(node: Node, payload: Mapping[str, Any]) -> None:
    """Ask a node that is known here who it is, and write it down; the work of the job."""
    host = str(payload["host"])
    face = look(node, host)
    with node.db.write() as session:
        peer = peers.by_host(session, host, lock=True)
        if peer is None:
            return
        if peer.actor not in ("", face.actor.id):
            if peer.state != states.ASKED_BY_THEM:
                return
            # Somebody else of that node has asked: it is not the node that wants to be joined.
            peer.state, peer.asked_id = states.NOTED, ""
        ties.note(session, node, face)


def note_call(node: Node, session: Session, host: str, text: str) -> Peer:
    """Note that somebody wishes to join by the open call, unproven: we look who that host is.

    Only the node itself can ask, by a signed letter; a note changes nothing of how we stand.
    """
    peer = _the_peer(node, session, host)
    if peer.state == states.NOTED:
        peer.note = text
        if not peer.actor:
            ask_to_look(node, session, host)
    return peer
