"""Who led a project, and how long that is kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from .....core.answers import Keeping
from .....core.values import Message
from ..models import CarryingReport, Milestone, Override, Undertaking


def forget_leaders(session: Session, before: datetime, most: int) -> int:
    """Forget who led the projects that ended so long ago; what was done stays in the books."""
    due = session.scalars(
        select(Undertaking.earmark_id)
        .where(Undertaking.ended_at <= before, Undertaking.leader_id.is_not(None))
        .limit(most)
    ).all()
    of = (Undertaking.earmark_id.in_(due), Milestone.earmark_id.in_(due))
    session.execute(update(Undertaking).where(of[0]).values(leader_id=None))
    session.execute(update(Milestone).where(of[1]).values(shown_by=None, accepted_by=None))
    session.execute(
        update(CarryingReport).where(CarryingReport.earmark_id.in_(due)).values(given_by=None)
    )
    session.execute(
        update(Override)
        .where(Override.earmark_id.in_(due), Override.actor_id.is_not(None))
        .values(actor_id=None)
    )
    return len(due)


def last_led(session: Session, person_id: int) -> datetime | None:
    """Return when the newest project of a person ended, or began if it has not ended."""
    ended = func.coalesce(Undertaking.ended_at, Undertaking.begun_at)
    return session.scalar(select(func.max(ended)).where(Undertaking.leader_id == person_id))


KEEPINGS = (
    Keeping(
        "projects of the fund",
        Message("Projects that are carried out with money of the fund", {}),
        Message("who leads them, what was shown and reported, and who accepted it", {}),
        Message("five years after the end", {}),
        Message("keeping books and their evidence (Framework Act on National Taxes article 85-3)",
                {}),
        months=60,
        purge=forget_leaders,
        last=last_led,
    ),
)  # fmt: skip
