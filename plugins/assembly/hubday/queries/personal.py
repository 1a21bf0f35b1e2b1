"""What stands here of those who served a hub's day, for them to take along."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.answers import PersonalData
from ...cycles.models import Cycle
from ..models import Sent


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return what this person sent of days at the hub."""
    query = (
        select(Cycle.title.label("of_round"), Sent.kind, Sent.at, Sent.device_at, Sent.outcome)
        .join(Cycle, Cycle.id == Sent.cycle_id)
        .where(Sent.actor_id == person_id)
        .order_by(Sent.at, Sent.uid)
    )
    return PersonalData.read(session, {"hub-day-entries": query})
