"""An application that nobody else changes meanwhile, and what became of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from ..models import Application, ApplicationStep


def note(
    session: Session, application_id: int, state: str, text: str, *, at: datetime,
    actor_id: int | None,
) -> None:  # fmt: skip
    """Write down what became of an application; a note has no state."""
    session.add(
        ApplicationStep(
            application_id=application_id, state=state, text=text, at=at, actor_id=actor_id
        )
    )
    session.flush()


def locked(session: Session, application_id: int) -> Application:
    """Return an application that nobody else changes meanwhile; NotFound if there is none."""
    found = session.scalar(
        select(Application)
        .where(Application.id == application_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound("There is no such application.")
    return found
