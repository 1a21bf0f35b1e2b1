"""What people agree to who say where they live, how long it is kept, and how it goes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from .....core.answers import ConsentText, Keeping
from .....core.values import Message, months_later
from ..models import Neighbour, PaperCode, Vouching

CONSENT = "neighbour"
CONSENT_VERSION = "1"

LIVING_HERE = ConsentText(
    CONSENT,
    CONSENT_VERSION,
    "optional",
    Message("Part of town", {}),
    Message("My part of town may be kept, and that a neighbour confirmed it", {}),
    Message("so that neighbours know that they talk to neighbours", {}),
    Message("your part of town, and who confirmed it when", {}),
    Message("until you take it back; a confirmation ends after 12 months", {}),
    Message("Everything else stays open to you.", {}),
    ends=Message("You take it back on the page “Do I live here?”.", {}),
)


def forget_vouchings(session: Session, before: datetime, most: int) -> int:
    """Destroy who confirmed whom a year ago, old codes, and parts of town long not confirmed."""
    due = select(Vouching.id).where(Vouching.at <= before).limit(most)
    gone = session.execute(delete(Vouching).where(Vouching.id.in_(due)))
    session.execute(delete(PaperCode).where(PaperCode.expires_at <= before))
    lapsed = months_later(before, -12)
    session.execute(delete(Neighbour).where(Neighbour.expires_at <= lapsed))
    return int(gone.rowcount)  # type: ignore[attr-defined]


CONFIRMED = Keeping(
    "neighbours",
    Message("Where you live and who confirmed it", {}),
    Message("your part of town, who confirmed you and whom you confirmed", {}),
    Message(
        "who confirmed whom for 12 months; your part of town until you take it back, at the"
        " latest 2 years after the confirmation ended",
        {},
    ),
    Message("your consent (article 15 (1) 1)", {}),
    months=12,
    by_consent=True,
    purge=forget_vouchings,
)


def forget_person(session: Session, person_id: int) -> None:
    """Forget where somebody lives who closes their account, and who confirmed whom."""
    session.execute(delete(Neighbour).where(Neighbour.person_id == person_id))
    mine = or_(Vouching.person_id == person_id, Vouching.by_id == person_id)
    session.execute(delete(Vouching).where(mine))
    session.execute(update(PaperCode).where(PaperCode.made_by == person_id).values(made_by=None))
