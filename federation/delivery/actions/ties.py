"""What a change of a tie means for letters that wait."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from ....core.facts import PeerChanged
from ....core.node import Node
from ...trust.rules.states import BLOCKED, ENDED, JOINED, PAUSED
from ..models import Sent
from ..rules.schedule import LASTS
from .bells import bell_of, ring_after
from .expiring import end_all


def follow_tie(node: Node, session: Session, fact: PeerChanged) -> None:
    """Keep what waits while a tie is paused, send it when it is taken up, give it up at its end."""
    if fact.state in (ENDED, BLOCKED):
        end_all(node, session, fact.host)
    elif fact.state == PAUSED:
        _change(session, fact.host, due_at=None)
    elif fact.state == JOINED:
        # The time in which nothing could be sent does not count; until when it holds itself, does.
        _change(session, fact.host, due_at=fact.at)
        session.execute(
            update(Sent)
            .where(Sent.host == fact.host, Sent.state == "waiting", Sent.until.is_(None))
            .values(ends_at=fact.at + LASTS)
        )
        ring_after(session, bell_of(node.db, "letters"))


def _change(session: Session, host: str, **values: object) -> None:
    session.execute(update(Sent).where(Sent.host == host, Sent.state == "waiting").values(**values))
