"""Tidying: nothing is kept for ever, and nothing that is due is left lying."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from ...node import Node
from ..models import Browser, Choice, Hours, Told
from .asking import ask_mail

AT_ONCE = 1_000
"""Notices that are deleted in one transaction, so that nobody waits long."""

LATE = timedelta(minutes=10)
_OWN: tuple[Any, ...] = (Told, Choice, Hours, Browser)


def tidy(node: Node) -> int:
    """Delete notices that are kept long enough, ask anew for mail that nobody has brought, and
    return how much that was.

    Mail is asked for with the notice; but what is told at the very moment at which others of the
    same hour are sent can find its job done already.
    """
    now = node.clock.now()
    oldest = now - timedelta(days=node.settings.notices.keep_days)
    old = select(Told.id).where(Told.told_at < oldest).order_by(Told.told_at).limit(AT_ONCE)
    late = select(Told.person_id).where(Told.mail_at < now - LATE).distinct().limit(AT_ONCE)
    with node.db.look() as session:
        if session.scalar(old.limit(1)) is None and session.scalar(late.limit(1)) is None:
            return 0
    with node.db.write() as session:
        people = session.scalars(late).all()
        for person_id in people:
            ask_mail(session, person_id, now, now, mark=":late")
        gone = session.execute(
            delete(Told).where(Told.id.in_(old)).execution_options(synchronize_session=False)
        )
        return len(people) + int(gone.rowcount)  # type: ignore[attr-defined]


def let_lie(session: Session, *, before: datetime) -> None:
    """Send no mail of what was told before an instant; on the bell it stays."""
    waiting = update(Told).where(Told.told_at < before, Told.mail_at.is_not(None))
    session.execute(waiting.values(mail_at=None).execution_options(synchronize_session=False))


def forget(session: Session, person_id: int) -> None:
    """Delete all that is kept here of somebody who leaves."""
    for table in _OWN:
        own = delete(table).where(table.person_id == person_id)
        session.execute(own.execution_options(synchronize_session=False))
