"""Giving somebody an address for their calendar, another one, or none any more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from ....core import audit
from ....core.statements import insert_of
from .models import Calendar


def renew(session: Session, person_id: int, *, at: datetime) -> int:
    """Give a person a new address and return its number; the one before works no more."""
    insert = insert_of(session.get_bind().dialect.name)
    first = insert(Calendar).values(person_id=person_id, number=1, since=at, ended_at=None)
    another = {"number": Calendar.number + 1, "since": at, "ended_at": None}
    renewed = first.on_conflict_do_update(index_elements=["person_id"], set_=another)
    number = session.execute(renewed.returning(Calendar.number)).scalar_one()
    _record(session, "renewed", person_id, at)
    return int(number)


def end(session: Session, person_id: int, *, at: datetime) -> None:
    """Let the address of a person work no more."""
    session.execute(
        update(Calendar)
        .where(Calendar.person_id == person_id, Calendar.ended_at.is_(None))
        .values(ended_at=at)
        .execution_options(synchronize_session=False)
    )
    _record(session, "ended", person_id, at)


def _record(session: Session, what: str, person_id: int, at: datetime) -> None:
    audit.record(
        session, f"market.calendar.{what}", at=at, person_id=person_id,
        subject=("person", person_id),
    )  # fmt: skip
