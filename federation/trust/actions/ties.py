"""Ties to other nodes, as stewards make and end them, one step of ``rules.states`` each.

Both sides agree: whoever asks sends a Follow of the other node's actor, and the other one Accepts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from ....core import audit
from ....core.addresses import node_actor
from ....core.errors import Refused
from ....core.facts import PeerChanged
from ....core.node import Node
from ....core.talk import Letter, Matter
from ..models import Peer
from ..queries import peers
from ..rules import states
from .looking import Face

LANE = "peer"


def note(session: Session, node: Node, face: Face) -> Peer:
    """Write down what a node says of itself; how we stand to it stays as it is."""
    peer = peers.made(session, face.host, node.clock.now())
    peer.name, peer.region, peer.software = face.name, face.region, face.software
    peer.actor, peer.fingerprint = face.actor.id, face.fingerprint
    peer.rfc9421, peer.contact_at = face.actor.rfc9421, node.clock.now()
    session.flush()
    return peer


def step(node: Node, session: Session, peer_id: int, name: str, *, person_id: int | None) -> Peer:
    """Take one of ``states.STEPS`` with a peer; ``Refused`` where its state does not allow it."""
    peer = peers.by_id(session, peer_id, lock=True)
    if name not in states.steps(peer.state):
        raise Refused("That does not go with how you stand to %(host)s now.", host=peer.host)
    _STEPS[name](node, session, peer)
    audit.record(
        session,
        f"federation.{name}",
        at=node.clock.now(),
        person_id=person_id,
        subject=("federation_peer", peer.id),
        host=peer.host,
    )
    return peer


def matters(node: Node, session: Session, host: str) -> list[Matter]:
    """Return what is still open with a node, by all plugins."""
    found: list[Matter] = node.host.collect("matters", node=node, session=session, host=host)
    return found


def change(node: Node, session: Session, peer: Peer, state: str) -> None:
    """Let a peer be in another state, and tell it to whom it concerns."""
    before, peer.state = peer.state, state
    now = node.clock.now()
    if state == states.JOINED and before not in states.OPEN:
        peer.since = now
    session.flush()
    told = state in (*states.OPEN, states.BLOCKED) or before in states.OPEN
    if told and state != before:
        node.hooks.peer_changed(
            node=node, session=session, fact=PeerChanged(host=peer.host, state=state, at=now)
        )


def _ask(node: Node, session: Session, peer: Peer) -> None:
    if not peer.actor:
        raise Refused("Nothing is known of %(host)s yet. Look at it first.", host=peer.host)
    peer.state = states.ASKED_BY_US
    follow = _activity(node, "Follow", peer.actor)
    peer.asking_id = str(follow["id"])
    _send(node, session, peer, follow)


def _accept(node: Node, session: Session, peer: Peer) -> None:
    if not peer.fingerprint:
        raise Refused("Nothing is known of %(host)s yet. Look at it first.", host=peer.host)
    change(node, session, peer, states.JOINED)
    answer(node, session, peer, "Accept")


def _refuse(node: Node, session: Session, peer: Peer) -> None:
    if peer.state == states.ASKED_BY_THEM:
        answer(node, session, peer, "Reject")
    peer.state = states.REFUSED


def _withdraw(node: Node, session: Session, peer: Peer) -> None:
    _undo(node, session, peer)
    peer.state = states.ENDED


def _pause(node: Node, session: Session, peer: Peer) -> None:
    change(node, session, peer, states.PAUSED)


def _resume(node: Node, session: Session, peer: Peer) -> None:
    change(node, session, peer, states.JOINED)


def _end(node: Node, session: Session, peer: Peer) -> None:
    change(node, session, peer, states.ENDED)
    _farewell(node, session, peer)  # last: what waits for a node is given up when its tie ends


def _block(node: Node, session: Session, peer: Peer) -> None:
    change(node, session, peer, states.BLOCKED)


def _unblock(node: Node, session: Session, peer: Peer) -> None:
    change(node, session, peer, states.ENDED)


_STEPS: Mapping[str, Callable[[Node, Session, Peer], None]] = {
    "ask": _ask,
    "accept": _accept,
    "refuse": _refuse,
    "withdraw": _withdraw,
    "pause": _pause,
    "resume": _resume,
    "end": _end,
    "block": _block,
    "unblock": _unblock,
}


def answer(node: Node, session: Session, peer: Peer, kind: str) -> None:
    """Answer the Follow of a peer; it is embedded, so that it is known by more than its id."""
    actor = node_actor(node.settings.node.address)
    follow = {"id": peer.asked_id, "type": "Follow", "actor": peer.actor, "object": actor}
    _send(node, session, peer, _activity(node, kind, follow))


def _farewell(node: Node, session: Session, peer: Peer) -> None:
    if peer.asked_id:
        answer(node, session, peer, "Reject")
    if peer.asking_id:
        _undo(node, session, peer)


def _undo(node: Node, session: Session, peer: Peer) -> None:
    actor = node_actor(node.settings.node.address)
    follow = {"id": peer.asking_id, "type": "Follow", "actor": actor, "object": peer.actor}
    _send(node, session, peer, _activity(node, "Undo", follow))


def _activity(node: Node, kind: str, about: str | Mapping[str, Any]) -> dict[str, Any]:
    base = node.settings.node.address
    return {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": f"{base}/activities/{node.random.token(16)}",
        "type": kind,
        "actor": node_actor(base),
        "object": about,
    }


def _send(node: Node, session: Session, peer: Peer, document: Mapping[str, Any]) -> None:
    letter = Letter(to=peer.actor, document={**document, "to": peer.actor}, lane=LANE)
    session.flush()  # whether it may be sent is asked by a statement that does not flush by itself
    taken = node.hooks.send_document(node=node, session=session, letter=letter)
    if taken is None:
        raise Refused("This node has nothing that delivers letters to other nodes.")


def refuse_with_matters(node: Node, session: Session, peer_id: int) -> None:
    """Refuse to end a tie while something is open with that node, unless that was confirmed."""
    peer = peers.by_id(session, peer_id)
    if matters(node, session, peer.host):
        raise Refused(
            "Something is still open with %(host)s. Settle it first, or confirm that you end it "
            "all the same.",
            host=peer.host,
        )
