"""What is kept of a person as part of organisations."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.answers import PersonalData
from .....core.models import Grant, Space
from ..models import Entry, Teammate


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return where a person is named, and what they wrote into books."""
    named = (
        select(Space.name.label("organisation"), Teammate.task, Teammate.asked_at,
               Teammate.agreed_at)
        .join(Space, Space.id == Teammate.space_id)
        .where(Teammate.person_id == person_id)
        .order_by(Teammate.id)
    )  # fmt: skip
    booked = (
        select(Space.name.label("organisation"), Entry.kind, Entry.amount, Entry.purpose,
               Entry.day, Entry.at)
        .join(Space, Space.id == Entry.space_id)
        .where(Entry.actor_id == person_id)
        .order_by(Entry.id)
    )  # fmt: skip
    return PersonalData.read(session, {"teams": named, "book-entries": booked})


def run_by(session: Session, space_id: int) -> frozenset[int]:
    """Return the ids of those who run an organisation."""
    return frozenset(session.scalars(select(Grant.person_id).where(Grant.space_id == space_id)))
