"""The shifts in which somebody volunteers, as lines of their own calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.answers import Joined
from .....core.models import Space
from .....core.values import Message
from ..models import Call, Slot, Volunteer

MOST = 500
_KIND = Message("Volunteering", {})


def joined(session: Session, person_id: int, since: datetime, until: datetime) -> Sequence[Joined]:
    """Return the shifts in which a person has a place, and that were not called off."""
    rows = session.execute(
        select(Call.id, Call.title, Slot.starts_at, Slot.ends_at, Space.name.label("organisation"))
        .join(Slot, Slot.call_id == Call.id)
        .join(Volunteer, Volunteer.slot_id == Slot.id)
        .join(Space, Space.id == Call.space_id)
        .where(
            Volunteer.person_id == person_id, Volunteer.waits.is_(False),
            Slot.called_off_at.is_(None), Slot.starts_at >= since, Slot.starts_at < until,
        )
        .order_by(Slot.starts_at, Slot.id)
        .limit(MOST)
    )  # fmt: skip
    return [
        Joined(
            row.title, _KIND, row.starts_at, row.ends_at, f"/board/calls/{row.id}",
            row.organisation, gave=True,
        )
        for row in rows
    ]  # fmt: skip
