"""Leaving: whoever goes is sent nothing more."""

from __future__ import annotations

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from ..models import Holiday, StandingOrder
from ..rules import ENDED


def end_all(session: Session, person_id: int) -> None:
    """End all standing orders of a person, and forget when they are away.

    Done before their orders are withdrawn, so that none is made in between.
    """
    session.execute(
        update(StandingOrder)
        .where(StandingOrder.person_id == person_id, StandingOrder.state != ENDED)
        .values(state=ENDED, version=StandingOrder.version + 1)
    )
    session.execute(delete(Holiday).where(Holiday.person_id == person_id))
