"""Documents of other nodes that are about publications: who follows, what is said, what changed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ....core.errors import Refused
from ....core.node import Node
from ....core.talk import Receipt, Received
from .. import queries, rules
from .applying import apply
from .followers import let_go, let_in
from .following import answered
from .pulling import ask_pull


def take(node: Node, session: Session, received: Received) -> Receipt | None:
    """Take a document that is about a publication, or return None."""
    note = None
    if received.kind == "Follow":
        note = let_in(node, session, received)
    elif received.kind in {"Accept", "Reject"}:
        note = answered(node, session, received, accepted=received.kind == "Accept")
    elif received.kind == "Undo":
        note = let_go(node, session, received)
    elif received.kind == "Update" and received.object_kind.startswith("OrderedCollection"):
        note = _news(node, session, received)
    return None if note is None else Receipt(note)


def _news(node: Node, session: Session, received: Received) -> str | None:
    """Take what changed if nothing lies between it and what is known; else fetch what is missing.

    The letter is a hint: one that says what is known already is passed over.
    """
    found = rules.publication_of(received.document.get("target"), queries.takers(node))
    standing = queries.followed(session, *found) if found else None
    if standing is None or standing.state != "accepted":
        return "not followed here"
    if received.actor != standing.actor:
        raise Refused("Only who publishes can tell what has changed.")
    try:
        page = rules.read_leaf(received.document["object"], standing.collection)
    except rules.Unreadable:
        page = None  # only how it stands, or nothing that can be used
    if page is not None and page.until == standing.seq:
        return "known already"
    if page is not None and page.until < standing.seq:
        ask_pull(node, session, standing)  # an old letter, or its node lost what came since
        return "known already, and to be compared"
    if page is None or page.after != standing.seq or page.more or not standing.whole:
        ask_pull(node, session, standing)
        return "to be fetched"
    if not apply(node, session, standing.id, page):
        ask_pull(node, session, standing, whole=True)
        return "taken, and to be compared"
    return f"taken: {len(page.items)}"
