"""What is kept of a person who volunteers."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.answers import PersonalData
from .....core.models import Space
from ..models import Call, Certificate, Hours, PortalConsent, Slot, Volunteer


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return shifts, hours, certificates and agreements of a person."""
    places = (
        select(Space.name.label("organisation"), Call.title, Slot.starts_at, Slot.ends_at,
               Volunteer.waits, Volunteer.at)
        .join(Slot, Slot.id == Volunteer.slot_id)
        .join(Call, Call.id == Slot.call_id)
        .join(Space, Space.id == Call.space_id)
        .where(Volunteer.person_id == person_id)
        .order_by(Volunteer.id)
    )  # fmt: skip
    hours = (
        select(Space.name.label("organisation"), Hours.day, Hours.minutes, Hours.confirmed_at)
        .join(Space, Space.id == Hours.space_id)
        .where(Hours.person_id == person_id)
        .order_by(Hours.id)
    )
    certificates = select(
        Certificate.organisation, Certificate.since, Certificate.until, Certificate.minutes,
        Certificate.code, Certificate.issued_at, Certificate.withdrawn_at,
    ).where(Certificate.person_id == person_id)  # fmt: skip
    agreements = (
        select(Space.name.label("organisation"), PortalConsent.portal_name,
               PortalConsent.given_at, PortalConsent.withdrawn_at)
        .join(Space, Space.id == PortalConsent.space_id)
        .where(PortalConsent.person_id == person_id)
        .order_by(PortalConsent.id)
    )  # fmt: skip
    found = {
        "volunteering": places, "volunteer-hours": hours, "volunteer-certificates": certificates,
        "volunteer-portals": agreements,
    }  # fmt: skip
    return PersonalData.read(session, found)
