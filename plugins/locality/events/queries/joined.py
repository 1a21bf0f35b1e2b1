"""The events to which somebody comes, as lines of their own calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from .....core.answers import Joined
from .....core.values import Message
from ..models import Occurrence, SignUp
from .listed import DATES, PUBLIC

MOST = 500
_KIND = Message("Public event", {})


def joined(session: Session, person_id: int, since: datetime, until: datetime) -> Sequence[Joined]:
    """Return the dates at which a person has a place, and that were not called off."""
    rows = session.execute(
        DATES.join(SignUp, SignUp.occurrence_id == Occurrence.id)
        .where(
            SignUp.person_id == person_id, SignUp.state == "in", PUBLIC,
            Occurrence.called_off_at.is_(None),
            Occurrence.starts_at >= since, Occurrence.starts_at < until,
        )
        .order_by(Occurrence.starts_at, Occurrence.id)
        .limit(MOST)
    )  # fmt: skip
    return [
        Joined(
            row.title, _KIND, row.starts_at, row.ends_at, f"/dates/{row.id}",
            row.place or row.event_place,
        )
        for row in rows
    ]  # fmt: skip
