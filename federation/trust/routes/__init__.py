"""The documents, pages and buttons of trust, one module a subject."""

from ....core.answers import MenuItem, Rule
from ....core.values import STEWARD
from . import call, discovery, documents, joining, peers, policy

RULES = (
    Rule("federation.read", everyone=True),
    Rule("federation.see", everyone=True),
    Rule("federation.peers", roles=frozenset({STEWARD})),
)

MENU = (
    MenuItem(
        "Connected nodes",
        "federation.peers",
        icon="people",
        order=90,
        action="federation.peers",
        count=peers.waiting,
    ),
)

__all__ = ["MENU", "RULES", "call", "discovery", "documents", "joining", "peers", "policy"]
