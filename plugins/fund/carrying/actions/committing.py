"""Promising money of an earmark, so that it is not promised twice before it is paid."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from .....core import ledger
from .....core.errors import Refused
from .....core.node import Node
from .. import queries
from ..models import Commitment


def commit(node: Node, session: Session, earmark_id: int, subject: str, amount: int) -> None:
    """Promise so many won (above 0) of an earmark for ``subject``; the same subject once.

    ``Refused`` if less than that may be paid now; it says how much.
    """
    ledger.hold(session)
    if session.get(Commitment, subject) is not None:
        return
    open_ = queries.sums(session, [earmark_id])[earmark_id].open
    if amount > open_:
        raise Refused(
            "Only %(left)s won can be paid out of this now. More is free once the next milestone is"
            " accepted.",
            left=f"{open_:,}",
        )  # fmt: skip
    session.add(
        Commitment(subject=subject, earmark_id=earmark_id, amount=amount, at=node.clock.now())
    )
    session.flush()


def release(session: Session, subject: str) -> None:
    """Take a promise back: it was paid, or will not be."""
    session.execute(delete(Commitment).where(Commitment.subject == subject))
