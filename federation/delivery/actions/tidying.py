"""Tidying up: letters and documents that have ended are not kept for ever."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ....core.node import Node
from ..models import Arrived, Sent
from ..rules.keeping import CAME, NEWS, SEALED, SENT

AT_ONCE = 500
"""Rows that are taken away in one transaction: nobody is to wait for it."""


def tidy(node: Node) -> int:
    """Take away what is kept no longer, and return how much that was; dead letters stay."""
    gone = 0
    while True:
        with node.db.write() as session:
            taken = _some(session, node.clock.now())
        gone += taken
        if taken < AT_ONCE:
            return gone


def _some(session: Session, now: datetime) -> int:
    over_sent = Sent.state.in_(("arrived", "settled")) & (
        (Sent.ended_at < now - SEALED)
        | (~Sent.sealed & (Sent.ended_at < now - SENT))
        | (Sent.direct & (Sent.ended_at < now - NEWS))
    )
    over_came = (
        (Arrived.ended_at < now - SEALED)
        | (~Arrived.sealed & (Arrived.ended_at < now - CAME))
        | (Arrived.public & (Arrived.ended_at < now - NEWS))
    )
    sent = session.scalars(select(Sent.id).where(over_sent).limit(AT_ONCE)).all()
    came = session.scalars(select(Arrived.id).where(over_came).limit(AT_ONCE)).all()
    session.execute(delete(Sent).where(Sent.id.in_(sent)))
    session.execute(delete(Arrived).where(Arrived.id.in_(came)))
    return max(len(sent), len(came))
