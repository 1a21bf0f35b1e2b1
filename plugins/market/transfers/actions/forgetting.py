"""How long it is kept who sent money to the bank account, and how it is forgotten."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from .....core.answers import Keeping
from .....core.values import Message
from ..models import Deposit


def forget_deposits(session: Session, before: datetime, most: int) -> int:
    """Let it be nobody's what came by bank long ago; the amounts stay with the books."""
    named = or_(Deposit.depositor != "-", Deposit.person_id.is_not(None))
    due = select(Deposit.id).where(Deposit.at <= before, named).limit(most)
    blank = update(Deposit).where(Deposit.id.in_(due))
    gone = session.execute(blank.values(depositor="-", memo="", person_id=None, named={}))
    return int(gone.rowcount)  # type: ignore[attr-defined]


DEPOSITS = Keeping(
    "deposits",
    Message("What came by bank transfer", {}),
    Message("the name of the depositor, what they wrote, amount and day", {}),
    Message("5 years", {}),
    Message("E-Commerce Act, decree article 6 (payments)", {}),
    months=60,
    purge=forget_deposits,
)
