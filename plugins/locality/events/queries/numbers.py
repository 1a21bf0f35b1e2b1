"""How many events there are and how many come, for the stewards' page; nobody is named."""

from __future__ import annotations

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from .....core.answers import Series
from .....core.periods import Periods
from .....core.values import Message
from ..models import Event, Occurrence, SignUp
from ..rules import State


def numbers(session: Session, periods: Periods) -> list[Series]:
    """Return how many dates took place, and how many people came as far as it was ticked."""
    number = periods.number(Occurrence.starts_at).label("number")
    held = (
        select(number, func.count())
        .join(Event, Event.id == Occurrence.event_id)
        .where(
            periods.within(Occurrence.starts_at), Occurrence.called_off_at.is_(None),
            Event.state == State.PUBLIC.value,
        )
        .group_by(number)
    )  # fmt: skip
    comes = and_(SignUp.occurrence_id == Occurrence.id, SignUp.came)
    came = (
        select(number, func.sum(SignUp.people))
        .join(SignUp, comes)
        .where(periods.within(Occurrence.starts_at))
        .group_by(number)
    )
    return [
        Series(
            "locality_events", Message("Events", {}),
            periods.filled(session.execute(held)), order=61,
        ),
        Series(
            "locality_came", Message("Neighbours who came to events", {}),
            periods.filled(session.execute(came)),
            Message("As far as those who held them ticked who came.", {}), order=62,
        ),
    ]  # fmt: skip
