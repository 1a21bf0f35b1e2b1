"""Events to which a person comes or came, as lines of their own calendar."""
"""The events to which somebody comes, as lines of their own calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.answers import Joined
from .....core.values import Message
from ..models import Event, Occurrence, SignUp
from ..models import Occurrence, SignUp
from ..rules import path_of
from .listed import DATES, PUBLIC

MOST = 500
_KIND = Message("Public event", {})


def joined(session: Session, person_id: int, since: datetime, until: datetime) -> Sequence[Joined]:
    """Return the dates at which a person has a place, those that were called off left out."""
    rows = session.execute(
        select(
            Occurrence.id, Occurrence.starts_at, Occurrence.ends_at, Occurrence.place,
            Event.place.label("event_place"), Event.title,
        )
        .join(SignUp, SignUp.occurrence_id == Occurrence.id)
        .join(Event, Event.id == Occurrence.event_id)
        .where(
            SignUp.person_id == person_id, SignUp.state == "in",
    """Return the dates at which a person has a place, and that were not called off."""
        DATES.join(SignUp, SignUp.occurrence_id == Occurrence.id)
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
            row.title, _KIND, row.starts_at, row.ends_at, path_of(row.event_id),
            row.place or row.event_place,
        )
        for row in rows
    ]  # fmt: skip
