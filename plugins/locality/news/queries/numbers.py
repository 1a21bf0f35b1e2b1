"""How much is told in the neighbourhood, for the stewards' page."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core.answers import Series
from .....core.periods import Periods
from .....core.values import Message
from ..models import News


def numbers(session: Session, periods: Periods) -> list[Series]:
    """Return how many news were published, whether they are still there or not."""
    number = periods.number(News.published_at).label("number")
    rows = session.execute(
        select(number, func.count()).where(periods.within(News.published_at)).group_by(number)
    )
    title = Message("News that were published", {})
    return [Series("locality_news", title, periods.filled(rows), order=60)]
