"""Who may follow producers of other nodes, and how a refusal is told."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.answers import Rule
from .....core.errors import Forbidden, NotFound, WizzleError
from .....core.talk import Peer
from .....core.web import this_node, told

SOURCES = "trade.sources"
RUN = "assembly.cycle.run"
"""The assembly's action: whoever runs a round chooses what it offers."""

RULES = (Rule(SOURCES, roles=frozenset({"activist"})),)


def the_peers(session: Session) -> list[Peer]:
    """Return the nodes that this one talks to now."""
    node = this_node()
    found = node.hooks.peers(node=node, session=session) or ()
    return [peer for peer in found if peer.state == "joined"]


def the_peer(host: str) -> Peer:
    """Return one of the nodes that this one talks to."""
    with this_node().db.read() as session:
        for peer in the_peers(session):
            if peer.host == host:
                return peer
    raise NotFound("This node is not one that we talk to.")


def tell(error: WizzleError) -> None:
    """Show on the next page why something was not done; what one may not do at all stays 403."""
    if isinstance(error, Forbidden):
        raise error
    told(error.message.text, "problem", **error.message.values)
