"""Who this node is to others, and whom it trusts: keys, actors, peers, the gate, the way out.

Other rooms use what is named here: ``gate.verify`` and ``gate.require_peer`` for what comes in,
``outgoing.fetch`` and ``outgoing.post`` for what goes out, ``actors.inbox`` for where to,
``keys.signing`` for proofs, ``store.remember`` for signatures that took effect, ``ties`` and
``states`` for how we stand to a node, ``document`` for an answer in ActivityPub's media type.
"""

from ...core.answers import JobKind
from .actions import actors, gate, joining, keys, outgoing, store, ties
from .actions.gate import Guest, Shut
from .queries import peers
from .routes.answers import asks_for_page, document
from .rules import states

JOBS = (
    JobKind(keys.JOB, keys.take_over),
    JobKind(joining.JOB, joining.look_at),
    JobKind(store.JOB, store.prune),
)

__all__ = [
    "JOBS",
    "Guest",
    "Shut",
    "actors",
    "asks_for_page",
    "document",
    "gate",
    "joining",
    "keys",
    "outgoing",
    "peers",
    "states",
    "store",
    "ties",
]
