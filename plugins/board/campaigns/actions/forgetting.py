"""What is kept of those who take part, how long, and how it is destroyed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, cast, delete, literal, or_, select, update
from sqlalchemy.orm import Session

from .....core.answers import ConsentText, Keeping
from .....core.values import Message
from ..models import Campaign, Need, Pledge, Signature
from ..rules import CONSENT, CONSENT_VERSION, KEPT_DAYS, KEPT_WITHOUT, UNPROVEN_DAYS


def forget_unproven(session: Session, before: datetime, most: int) -> int:
    """Destroy signatures that nobody has confirmed."""
    due = select(Signature.id).where(Signature.counted_at.is_(None), Signature.made_at <= before)
    gone = session.execute(delete(Signature).where(Signature.id.in_(due.limit(most))))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def forget_names(session: Session, before: datetime, most: int) -> int:
    """Forget who signed, once the signatures were handed over; that they did stays counted."""
    over = select(Campaign.id).where(
        or_(
            Campaign.handed_over_at <= before,
            Campaign.handed_over_at.is_(None) & (Campaign.closed_at <= before - KEPT_WITHOUT),
        )
    )
    due = select(Signature.id).where(
        Signature.campaign_id.in_(over), Signature.person_id.is_(None), Signature.name != ""
    )
    return _forget(session, Signature.id.in_(due.limit(most)))


def _forget(session: Session, which: object) -> int:
    gone = session.execute(
        update(Signature)
        .where(which)  # type: ignore[arg-type]
        .values(
            who=literal("gone:") + cast(Signature.id, String), name="", email="", person_id=None,
            shown=False, token_hash=None,
        )
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    return int(gone.rowcount)  # type: ignore[attr-defined]


def forget_person(session: Session, person_id: int) -> None:
    """Take back the signatures of somebody who leaves where nothing was handed over yet, forget the
    name under the others, and free what they promised to bring."""
    mine = Signature.person_id == person_id
    handed = select(Campaign.id).where(Campaign.handed_over_at.is_not(None))
    _forget(session, mine & Signature.campaign_id.in_(handed))
    session.execute(delete(Signature).where(mine))
    session.execute(
        delete(Pledge).where(Pledge.person_id == person_id, Pledge.received_at.is_(None))
    )
    session.execute(update(Pledge).where(Pledge.person_id == person_id).values(person_id=None))


def forget_bringers(session: Session, before: datetime, most: int) -> int:
    """Forget who brought what to a collection that ended long ago."""
    over = select(Need.id).join(Campaign, Campaign.id == Need.campaign_id)
    over = over.where(Campaign.closed_at <= before)
    due = select(Pledge.id).where(Pledge.need_id.in_(over), Pledge.person_id.is_not(None))
    gone = session.execute(
        update(Pledge).where(Pledge.id.in_(due.limit(most))).values(person_id=None)
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]


HANDING_ON = ConsentText(
    CONSENT,
    CONSENT_VERSION,
    "third_party",
    Message("Signing a petition", {}),
    Message("The receiver of the petition may get my name", {}),
    Message("to show who signed; the receiver is named where you sign", {}),
    Message("your name and the day", {}),
    Message("until the receiver has dealt with it", {}),
    Message("Then your signature counts without your name.", {}),
    ends=Message("You take it back on the petition's page.", {}),
)

KEEPINGS = (
    Keeping(
        "things brought",
        Message("Things that you bring to a collection", {}),
        Message("name, phone number, and what you bring", {}),
        Message("those who collect see them until it ends; forgotten a year later", {}),
        Message("your consent (article 15 (1) 1)", {}),
        months=12,
        by_consent=True,
        purge=forget_bringers,
    ),
    Keeping(
        "unconfirmed signatures",
        Message("Signatures that nobody has confirmed yet", {}),
        Message("name and e-mail address", {}),
        Message("three days", {}),
        Message("your consent (article 15 (1) 1)", {}),
        days=UNPROVEN_DAYS,
        by_consent=True,
        purge=forget_unproven,
    ),
    Keeping(
        "signatures of guests",
        Message("Signatures under petitions of people without an account", {}),
        Message("name, e-mail address, and when they signed", {}),
        Message("30 days after they were handed over, else six months after the end", {}),
        Message("your consent (article 15 (1) 1)", {}),
        days=KEPT_DAYS,
        by_consent=True,
        purge=forget_names,
    ),
)
