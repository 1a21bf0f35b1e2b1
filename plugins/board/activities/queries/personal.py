"""What is kept of a person around activities."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.answers import PersonalData
from ..models import Activity, Question


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return what a person asked about activities."""
    query = (
        select(Activity.title.label("activity"), Question.text, Question.at, Question.answer,
               Question.answered_at)
        .join(Activity, Activity.id == Question.activity_id)
        .where(Question.person_id == person_id)
        .order_by(Question.id)
    )  # fmt: skip
    return PersonalData.read(session, {"questions-to-organisations": query})
