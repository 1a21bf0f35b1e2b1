"""What somebody has chosen: how each kind is told, and at which hours."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import Choice, Hours
from ..rules import HOUSE, Times, Way


def choices(session: Session, person_id: int) -> dict[str, Way]:
    """Return what a person chose, by the names of the kinds; the others are as the house says."""
    rows = session.execute(
        select(Choice.kind, Choice.on_bell, Choice.mail, Choice.push).where(
            Choice.person_id == person_id
        )
    )
    return {row.kind: Way(row.on_bell, row.mail, row.push) for row in rows}


def times_of(session: Session, person_id: int) -> Times:
    """Return the hours of a person."""
    row = session.get(Hours, person_id)
    if row is None:
        return HOUSE
    return Times(row.quiet_from, row.quiet_until, row.digest_at, row.digest)
