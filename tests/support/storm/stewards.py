"""What stewards do meanwhile: pause the other node for a while, and renew the keys."""

from __future__ import annotations

from sqlalchemy import select

from wizzle.core.node import Node
from wizzle.federation.trust import keys, ties
from wizzle.federation.trust.models import Peer

STEPS = ("pause", "resume", "rotate")


def steward(node: Node, what: str) -> str:
    """Take one of ``STEPS`` and say what it was; what does not fit just now is refused."""
    if what == "rotate":
        keys.rotate(node, now=True)
        return "new keys"
    with node.db.write() as session:
        peer_id = session.scalars(select(Peer.id)).one()
        ties.step(node, session, peer_id, what, person_id=None)
    return what
