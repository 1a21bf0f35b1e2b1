"""What plugins have to say beside goods of sellers who are at home on another node."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from .....core.values import Message
from .....core.web import say, this_node
from ..queries import AnyRow


def notes_of(session: Session, cards: Iterable[AnyRow]) -> Mapping[int, str]:
    """Return the notes on these goods by their ids; nobody is asked where all are sold here."""
    ids = frozenset(card.id for card in cards if card.home)
    return asked_notes(session, ids) if ids else {}


def asked_notes(session: Session, product_ids: frozenset[int]) -> Mapping[int, str]:
    """Return the notes on these goods in the language of the request."""
    node = this_node()
    answers = node.host.collect(
        "product_notes", node=node, session=session, product_ids=product_ids
    )
    found: dict[int, list[Message]] = {}
    for product_id, note in answers:
        found.setdefault(product_id, []).append(note)
    return {
        product_id: " ".join(say(note.text, **note.values) for note in notes)
        for product_id, notes in found.items()
    }
