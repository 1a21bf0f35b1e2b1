"""What is kept of givers, how long, and how it is destroyed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from .....core.answers import Keeping
from .....core.values import Message
from ...campaigns.rules import UNPROVEN_DAYS
from ..models import Gift
from ..rules import ARRIVED, DROPPED, PROMISED, RETURNED, UNPROVEN


def forget_unproven(session: Session, before: datetime, most: int) -> int:
    """Destroy promises of guests that nobody has confirmed."""
    due = select(Gift.id).where(Gift.state == UNPROVEN, Gift.made_at <= before).limit(most)
    gone = session.execute(delete(Gift).where(Gift.id.in_(due)))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def forget_givers(session: Session, before: datetime, most: int) -> int:
    """Forget who gave five years ago; the won stay in the books."""
    named = (Gift.name != "") | (Gift.email != "") | Gift.person_id.is_not(None)
    due = select(Gift.id).where(Gift.made_at <= before, named).limit(most)
    gone = session.execute(
        update(Gift)
        .where(Gift.id.in_(due))
        .values(name="", email="", person_id=None, token_hash=None, shown=False)
        .execution_options(synchronize_session=False)
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]


def last_gift(session: Session, person_id: int) -> datetime | None:
    """Return when the last gift of a person came that has to be kept."""
    kept = (Gift.person_id == person_id, Gift.state.in_((ARRIVED, RETURNED)))
    return session.scalar(select(func.max(Gift.made_at)).where(*kept))


def forget_person(session: Session, person_id: int) -> None:
    """Drop what somebody who leaves has promised, and take their name off the pages; the name of a
    receipt is kept as long as the books."""
    mine = Gift.person_id == person_id
    session.execute(
        update(Gift).where(mine, Gift.state == PROMISED).values(state=DROPPED, name="", email="")
    )
    session.execute(update(Gift).where(mine).values(shown=False))


KEEPINGS = (
    Keeping(
        "unconfirmed donations",
        Message("Promises of money that nobody has confirmed yet", {}),
        Message("name and e-mail address", {}),
        Message("three days", {}),
        Message("your consent (article 15 (1) 1)", {}),
        days=UNPROVEN_DAYS,
        by_consent=True,
        purge=forget_unproven,
    ),
    Keeping(
        "donations",
        Message("Donations and their receipts", {}),
        Message("name, e-mail address of guests, amount, when it came", {}),
        Message("five years", {}),
        Message("keeping books of donations (Donations Act article 14)", {}),
        months=60,
        purge=forget_givers,
        last=last_gift,
    ),
)
