"""What came in and waits to be handled, in the order it came."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from ..models import Arrived

MOST = 20
"""Documents that are looked at to find one whose matter waits for none before it."""


def is_due(session: Session, now: datetime) -> bool:
    """Say whether anything waits to be handled now."""
    due = exists().where(Arrived.state == "waiting", Arrived.due_at <= now)
    return bool(session.scalar(select(due)))


def next_due(session: Session, now: datetime) -> list[Arrived]:
    """Return what is due, held by this transaction, the oldest first."""
    query = select(Arrived).where(Arrived.state == "waiting", Arrived.due_at <= now)
    query = query.order_by(Arrived.id).limit(MOST).with_for_update(skip_locked=True)
    return list(session.scalars(query))


def before(session: Session, row: Arrived) -> Arrived | None:
    """Return the first one of the same matter and sender that waits and came before this one."""
    other = aliased(Arrived)
    query = select(other).where(
        other.actor == row.actor,
        other.thread == row.thread,
        other.state == "waiting",
        other.id < row.id,
    )
    return session.scalars(query.order_by(other.id).limit(1)).one_or_none()
