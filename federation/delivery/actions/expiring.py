"""Giving up: letters that lasted too long, and those for a node that is not tied to us any more."""

from __future__ import annotations

from datetime import timedelta

import structlog
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ....core.node import Node
from ..models import Flight, Sent
from ..queries import due
from ..rules.answers import DEAD, ENDED, LATE, Verdict
from .noting import ended_as, tell

AGAIN = timedelta(hours=1)
"""When it is tried once more to end a letter whose end could not be told."""

log = structlog.get_logger("wizzle.federation")


def give_up(node: Node) -> int:
    """End letters that did not arrive in time, each by itself; return how many that were.

    One that is on its way is waited for. One whose end somebody could not bear to hear is tried to
    be ended again later: it must not stand in the way of all others.
    """
    with node.db.look() as session:
        ids = due.late(session, node.clock.now())
    return sum(_give_up(node, letter_id) for letter_id in ids)


def _give_up(node: Node, letter_id: int) -> bool:
    try:
        with node.db.write() as session:
            letter = _held(node, session, letter_id)
            if letter is not None:
                end(node, session, letter, LATE)
            return letter is not None
    except Exception:
        log.exception("a letter could not be given up", letter=letter_id)
    with node.db.write() as session:
        later = {"ends_at": node.clock.now() + AGAIN}
        session.execute(update(Sent).where(Sent.id == letter_id).values(later))
    return False


def end_all(node: Node, session: Session, host: str) -> None:
    """End everything that waits for a host to which the tie was ended."""
    waiting = select(Sent).where(Sent.host == host, Sent.state == "waiting").with_for_update()
    for letter in session.scalars(waiting.order_by(Sent.id)).all():
        end(node, session, letter, ENDED)


def end(node: Node, session: Session, letter: Sent, reason: str, *, state: str = DEAD) -> None:
    """End a letter that waits, and tell so."""
    now = node.clock.now()
    letter.state, letter.reason = ended_as(letter, state), reason
    letter.due_at, letter.ended_at = None, now
    session.flush()
    tell(node, session, letter, Verdict(state, reason), now)


def _held(node: Node, session: Session, letter_id: int) -> Sent | None:
    flying = select(Flight.token).where(
        Flight.host == Sent.host, Flight.lane == Sent.lane, Flight.until > node.clock.now()
    )
    query = select(Sent).where(Sent.id == letter_id, Sent.state == "waiting", ~flying.exists())
    return session.scalars(query.with_for_update(skip_locked=True, of=Sent)).one_or_none()
