"""Integrity proofs inside of letters (FEP-8b32): put in when written, verified when they come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ....core.addresses import actor_of
from ....core.node import Node
from ...trust.actions import gate, keys
from ...trust.actions.store import Store
from ...trust.rules.kinds import ED25519

PROOFS = "https://w3id.org/security/data-integrity/v1"
"""The context by which readers of JSON-LD know what a proof is: without it they see none."""


def sealed(node: Node, document: Mapping[str, Any], sender_id: int | None) -> Mapping[str, Any]:
    """Return a document with the proof of its sender in it."""
    from ...signatures import prove

    own = keys.signing(node, actor_of(node.settings.node.address, sender_id))
    return prove(_in_terms(document), own[ED25519], now=node.clock.now().timestamp())


def _in_terms(document: Mapping[str, Any]) -> Mapping[str, Any]:
    context = document.get("@context", [])
    listed = context if isinstance(context, list) else [context]
    return document if PROOFS in listed else {**document, "@context": [*listed, PROOFS]}


def is_sealed(node: Node, document: Mapping[str, Any], actor: str) -> bool:
    """Say whether a document carries a proof of who sent it; raises ``gate.Shut`` for a false one.

    A proof by a key that is not known here, or that is another's than the sender's own, also of
    its own node, proves nothing to us; the letter may stand all the same.
    """
    if "proof" not in document:
        return False
    from ...signatures import Refusal, proven
    from ...signatures.keys import public_key
    from ...signatures.proofs import method_of

    try:
        known = Store(node).find(method_of(document))
        if known is None or known.owner != actor:
            return False
        proven(document, public_key(known.text), now=node.clock.now().timestamp())
    except Refusal as error:
        raise gate.Shut(error.problem()) from None
    return True
