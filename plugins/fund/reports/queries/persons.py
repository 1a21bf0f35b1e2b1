"""What is kept of persons with the books: opinions that auditors gave in their office."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.answers import Keeping, PersonalData
from .....core.values import Message
from ..models import Opinion

OPINIONS = Keeping(
    name="fund-opinions",
    purpose=Message("Showing what auditors said of the fund's books", {}),
    items=Message("The opinion and the account of the auditor who gave it", {}),
    period=Message("As long as the books themselves; the name goes with the account", {}),
    basis=Message("Commercial Act article 33; Framework Act on National Taxes article 85-3", {}),
)


def personal_data(session: Session, person_id: int) -> list[PersonalData]:
    """Return the opinions that somebody gave as an auditor."""
    return PersonalData.read(
        session,
        {
            "fund_opinions": select(Opinion.period, Opinion.text, Opinion.at)
            .where(Opinion.author_id == person_id)
            .order_by(Opinion.id)
        },
    )
