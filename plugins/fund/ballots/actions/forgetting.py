"""What is kept of voters, how long, and how it is destroyed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from .....core.answers import Keeping
from .....core.values import Message
from ..models import Result, Voter
from ..rules import KEPT_DAYS

_NOBODY = {"person_id": None, "name": "", "code_hash": None}


def forget_rolls(session: Session, before: datetime, most: int) -> int:
    """Forget who stood on the rolls of votes that were counted long ago; how many stays."""
    counted = select(Result.vote_id).where(Result.counted_at <= before)
    named = or_(Voter.person_id.is_not(None), Voter.name != "", Voter.code_hash.is_not(None))
    due = select(Voter.id).where(Voter.vote_id.in_(counted), named).limit(most)
    gone = session.execute(
        update(Voter)
        .where(Voter.id.in_(due))
        .values(_NOBODY)
        .execution_options(synchronize_session=False)
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]


def forget_person(session: Session, person_id: int) -> None:
    """Take who leaves off the rolls; a vote that is fixed keeps the place, without whose it was."""
    session.execute(
        update(Voter)
        .where(Voter.person_id == person_id)
        .values(person_id=None)
        .execution_options(synchronize_session=False)
    )


KEEPINGS = (
    Keeping(
        "vote rolls",
        Message("Who may vote on the fund, and whether they have; never how", {}),
        Message("name, and whether somebody has voted", {}),
        Message("90 days after the count", {}),
        Message("running the vote that you take part in (article 15 (1) 4)", {}),
        days=KEPT_DAYS,
        purge=forget_rolls,
    ),
)
