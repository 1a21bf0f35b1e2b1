"""Giving up: letters that lasted too long, and those for a node that is not tied to us any more."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ....core.node import Node
from ..models import Flight, Sent
from ..queries import due
from ..rules.answers import DEAD, ENDED, LATE, Verdict
from .noting import tell


def give_up(node: Node, session: Session) -> None:
    """End letters that did not arrive in time; one that is on its way is waited for."""
    ids = due.late(session, node.clock.now())
    if not ids:
        return
    for letter in _held(session, ids):
        end(node, session, letter, LATE)


def end_all(node: Node, session: Session, host: str) -> None:
    """End everything that waits for a host to which the tie was ended."""
    waiting = select(Sent).where(Sent.host == host, Sent.state == "waiting").with_for_update()
    for letter in session.scalars(waiting.order_by(Sent.id)).all():
        end(node, session, letter, ENDED)


def end(node: Node, session: Session, letter: Sent, reason: str, *, state: str = DEAD) -> None:
    """End a letter that waits, and tell so."""
    now = node.clock.now()
    letter.state, letter.reason, letter.due_at, letter.ended_at = state, reason, None, now
    session.flush()
    tell(node, session, letter, Verdict(state, reason), now)


def _held(session: Session, ids: list[int]) -> list[Sent]:
    flying = select(Flight.token).where(Flight.host == Sent.host, Flight.lane == Sent.lane)
    query = select(Sent).where(Sent.id.in_(ids), Sent.state == "waiting", ~flying.exists())
    return list(session.scalars(query.order_by(Sent.id).with_for_update(skip_locked=True)))
