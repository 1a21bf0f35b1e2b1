"""Who lends, and on which terms."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from ..models import Lender

SIZE = 50


def a_lender(session: Session, lender_id: int) -> Lender:
    """Return a lender; NotFound if there is none."""
    found = session.get(Lender, lender_id)
    if found is None:
        raise NotFound("There is no such lender.")
    return found


def open_lenders(session: Session, *, limit: int = 20) -> Sequence[Lender]:
    """Return those who lend now: verified, and not closed."""
    query = select(Lender).where(Lender.verified_at.is_not(None), Lender.closed_at.is_(None))
    return session.scalars(query.order_by(Lender.id).limit(limit)).all()


def lenders(
    session: Session, *, after: int | None = None, limit: int = SIZE + 1
) -> Sequence[Lender]:
    """Return all lenders, also those that are not verified, the newest first."""
    query = select(Lender).order_by(Lender.id.desc()).limit(limit)
    return session.scalars(query if after is None else query.where(Lender.id < after)).all()
