"""Who may see and change an activity."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from ....core.errors import NotFound
from ....core.web import allow, can
from ..organisations.access import RUN
from . import queries


def own_activity(session: Session, activity_id: int) -> Any:
    """Return an activity of an organisation that the viewer runs."""
    row = queries.activity_page(session, activity_id)
    allow(RUN, row.space_id)
    return row


def seen_activity(session: Session, activity_id: int) -> Any:
    """Return an activity that the viewer may see: a draft is shown only to those who run it."""
    row = queries.activity_page(session, activity_id)
    shown = row.published_at and not row.withdrawn_at and row.closed_at is None
    if not shown and not can(RUN, row.space_id):
        raise NotFound("There is no such activity.")
    return row
