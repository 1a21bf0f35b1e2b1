"""Events as lines of the neighbourhood's calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from .....core.answers import Happening
from .....core.values import Message
from ..models import Occurrence
from ..rules import path_of
from .listed import DATES, PUBLIC

MOST = 500
_KIND = Message("Public event", {})


def happenings(session: Session, since: datetime, until: datetime) -> Sequence[Happening]:
    """Return what takes place between two instants, the earliest first."""
    rows = session.execute(
        DATES.where(
            PUBLIC, Occurrence.ends_at > since, Occurrence.starts_at < until,
            Occurrence.called_off_at.is_(None),
        )
        .order_by(Occurrence.starts_at, Occurrence.id)
        .limit(MOST)
    )  # fmt: skip
    return [
        Happening(
            row.title, _KIND, path_of(row.event_id), row.starts_at, row.ends_at,
            row.place or row.event_place, row.space_id,
        )
        for row in rows
    ]  # fmt: skip
