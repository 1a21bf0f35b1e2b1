"""Marking notices as read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from ..models import Told


def mark_read(session: Session, person_id: int, notice_id: int, *, at: datetime) -> None:
    """Mark one of a person's own notices as read; once it is, it stays so."""
    _mark(session, at, Told.person_id == person_id, Told.id == notice_id)


def mark_all(session: Session, person_id: int, *, upto: int, at: datetime) -> None:
    """Mark a person's notices as read up to the newest one that they saw."""
    _mark(session, at, Told.person_id == person_id, Told.id <= upto)


def _mark(session: Session, at: datetime, *which: object) -> None:
    unread = update(Told).where(*which, Told.read_at.is_(None))  # type: ignore[arg-type]
    session.execute(unread.values(read_at=at).execution_options(synchronize_session=False))
