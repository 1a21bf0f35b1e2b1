"""What those who speak for an author decide about who follows it from elsewhere."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ....core import audit
from ....core.errors import NotFound
from ....core.node import Node
from ...trust.queries import voices
from ..models import Listener
from ..queries import ASKED
from .letting_in import accept, refuse


def choose(node: Node, session: Session, author: str, *, by_hand: bool, person_id: int) -> None:
    """Let who wants to follow wait from now on, or let everyone in; who follows goes on."""
    voices.made(session, author).by_hand = by_hand
    _audit(node, session, "federation.audience.chosen", author, person_id)


def let_in(node: Node, session: Session, author: str, listener_id: int, *, person_id: int) -> None:
    """Let somebody follow who waits; a second press changes nothing."""
    row = _listener(session, author, listener_id)
    if row.state == ASKED:
        accept(node, session, row)
        _audit(node, session, "federation.audience.let_in", author, person_id)


def turn_away(
    node: Node, session: Session, author: str, listener_id: int, *, person_id: int
) -> None:
    """Let somebody follow no more, or not at all; their node is told."""
    refuse(node, session, _listener(session, author, listener_id))
    _audit(node, session, "federation.audience.turned_away", author, person_id)


def _listener(session: Session, author: str, listener_id: int) -> Listener:
    row = session.get(Listener, listener_id, with_for_update=True)
    if row is None or row.author != author:
        raise NotFound("They do not follow any more.")
    return row


def _audit(node: Node, session: Session, action: str, author: str, person_id: int) -> None:
    kind, _, number = author.partition(":")
    subject = (kind, int(number) if number else None)
    audit.record(session, action, at=node.clock.now(), person_id=person_id, subject=subject)
