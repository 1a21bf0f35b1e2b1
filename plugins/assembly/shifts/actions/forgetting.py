"""What helpers agree to, how long it is kept who helped, and how that is destroyed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from .....core.answers import ConsentText, Keeping
from .....core.values import Message
from ..models import Helper, Shift
from .taking import CONSENT, CONSENT_VERSION

HELPING = ConsentText(
    CONSENT,
    CONSENT_VERSION,
    "third_party",
    Message("Helping in a shift", {}),
    Message("The hosts may see my name and phone number", {}),
    Message("to know who comes and to reach you", {}),
    Message("name and phone number, to those who host the hub", {}),
    Message("until the shift is over", {}),
    Message("Then you cannot help there; everything else stays open to you.", {}),
    ends=Message("You take it back by giving up your places in shifts.", {}),
)


def forget_places(session: Session, before: datetime, most: int) -> int:
    """Forget who helped in shifts that were over long ago."""
    over = select(Shift.id).where(Shift.ends_at <= before)
    due = select(Helper.id).where(Helper.shift_id.in_(over)).limit(most)
    gone = session.execute(delete(Helper).where(Helper.id.in_(due)))
    return int(gone.rowcount)  # type: ignore[attr-defined]


PLACES = Keeping(
    "shifts",
    Message("Shifts in which you help", {}),
    Message("name, phone number, and when you come", {}),
    Message("the hosts see them until the shift is over; that you helped is kept for a year", {}),
    Message("your consent (article 15 (1) 1)", {}),
    months=12,
    by_consent=True,
    purge=forget_places,
)
