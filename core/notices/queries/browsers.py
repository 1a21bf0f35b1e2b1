"""The browsers that somebody lets us send messages to."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import Browser


def browsers(session: Session, person_id: int) -> Sequence[Browser]:
    """Return a person's browsers, the newest first."""
    return session.scalars(
        select(Browser).where(Browser.person_id == person_id).order_by(Browser.id.desc())
    ).all()
