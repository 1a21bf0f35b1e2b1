"""How long it is kept whose a line was that went over into the next round."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from .....core.answers import Keeping
from .....core.rights.apart import nobody
from .....core.values import Message
from ..models import Carried


def forget_whose(session: Session, before: datetime, most: int) -> int:
    """Let lines that were carried over long ago be nobody's."""
    no_one = nobody(session, before)
    due = (
        select(Carried.line_id)
        .where(Carried.at <= before, Carried.state != "waiting", Carried.person_id != no_one)
        .limit(most)
    )
    gone = update(Carried).where(Carried.line_id.in_(due)).values(person_id=no_one)
    return int(session.execute(gone).rowcount)  # type: ignore[attr-defined]


CARRIED = Keeping(
    "carried-over",
    Message("What was carried over into the next round", {}),
    Message("what you had ordered, and what became of it", {}),
    Message("5 years", {}),
    Message("E-Commerce Act, decree article 6 (contracts)", {}),
    months=60,
    purge=forget_whose,
)
