"""What volunteers agree to, how long it is kept who helped, and how that is destroyed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from .....core.answers import ConsentText, Keeping
from .....core.node import Node
from .....core.values import Message
from ..models import Certificate, Hours, HoursChange, PortalConsent, Slot, Volunteer
from .held import locked_slot
from .signing_up import CONSENT, CONSENT_VERSION, promote

VOLUNTEERING = ConsentText(
    CONSENT,
    CONSENT_VERSION,
    "third_party",
    Message("Volunteering", {}),
    Message("The organisation may see my name and phone number", {}),
    Message("to know who comes and to reach you", {}),
    Message("name and phone number, to those who run the organisation", {}),
    Message("until the shift is over", {}),
    Message("Then you cannot volunteer there; everything else stays open to you.", {}),
    ends=Message("You take it back by giving your places back.", {}),
)
CONSENTS = (VOLUNTEERING,)


def forget_volunteer(node: Node, session: Session, person_id: int) -> None:
    """Free the places of somebody who leaves, and take away what was certified to them.

    Their hours go too: who they were is not to be read from them.
    """
    mine = select(Volunteer.slot_id).where(Volunteer.person_id == person_id)
    ahead = select(Slot.id).where(Slot.id.in_(mine), Slot.starts_at > node.clock.now())
    for slot_id in session.scalars(ahead.order_by(Slot.id)).all():
        slot = locked_slot(session, slot_id)
        session.execute(_of(Volunteer, person_id).where(Volunteer.slot_id == slot_id))
        promote(node, session, slot)
    of_hours = select(Hours.id).where(Hours.person_id == person_id)
    session.execute(delete(HoursChange).where(HoursChange.hours_id.in_(of_hours)))
    for model in (Volunteer, Hours, Certificate, PortalConsent):
        session.execute(_of(model, person_id))


def _of(model: type[Volunteer | Hours | Certificate | PortalConsent], person_id: int) -> Any:
    statement = delete(model).where(model.person_id == person_id)
    return statement.execution_options(synchronize_session=False)


def forget_places(session: Session, before: datetime, most: int) -> int:
    """Forget who came to shifts that were over long ago."""
    over = select(Slot.id).where(Slot.ends_at <= before)
    due = select(Volunteer.id).where(Volunteer.slot_id.in_(over)).limit(most)
    gone = session.execute(delete(Volunteer).where(Volunteer.id.in_(due)))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def forget_hours(session: Session, before: datetime, most: int) -> int:
    """Forget hours that were given long ago, with their corrections."""
    due = session.scalars(select(Hours.id).where(Hours.day < before.date()).limit(most)).all()
    session.execute(delete(HoursChange).where(HoursChange.hours_id.in_(due)))
    session.execute(delete(Hours).where(Hours.id.in_(due)))
    return len(due)


def forget_agreements(session: Session, before: datetime, most: int) -> int:
    """Forget agreements that were taken back long ago."""
    due = select(PortalConsent.id).where(PortalConsent.withdrawn_at <= before).limit(most)
    gone = session.execute(delete(PortalConsent).where(PortalConsent.id.in_(due)))
    return int(gone.rowcount)  # type: ignore[attr-defined]


_AGREED = Message("your consent (article 15 (1) 1)", {})

PLACES = Keeping(
    "volunteering",
    Message("Shifts in which you volunteer", {}),
    Message("name, phone number, and when you come", {}),
    Message(
        "those who run the organisation see them until the shift is over; that you came is kept"
        " for a year",
        {},
    ),
    _AGREED,
    months=12,
    by_consent=True,
    purge=forget_places,
)
HOURS = Keeping(
    "volunteer-hours",
    Message("Hours that you volunteered, and certificates of them", {}),
    Message("name, day, minutes, organisation, who confirmed them", {}),
    Message("10 years, or until you close your account", {}),
    _AGREED,
    months=120,
    by_consent=True,
    purge=forget_hours,
)
AGREEMENTS = Keeping(
    "volunteer-portals",
    Message("Passing your hours on to a public portal of volunteering", {}),
    Message("name, phone number, your name at the portal, day, hours, what you did", {}),
    Message("until you take it back; that you agreed is kept for 3 years more", {}),
    Message("your consent (article 17 (1) 1)", {}),
    months=36,
    by_consent=True,
    purge=forget_agreements,
)
KEEPINGS = (PLACES, HOURS, AGREEMENTS)
