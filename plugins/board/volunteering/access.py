"""Who may see and change a call and its shifts."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ....core.errors import NotFound
from ....core.web import allow, can
from ..organisations.access import RUN
from . import queries
from .queries import AnyRow


def own_call(session: Session, call_id: int) -> AnyRow:
    """Return a call of an organisation that the viewer runs."""
    row = queries.call_page(session, call_id)
    allow(RUN, row.space_id)
    return row


def seen_call(session: Session, call_id: int) -> AnyRow:
    """Return a call that the viewer may see: a draft is shown only to those who run it."""
    row = queries.call_page(session, call_id)
    shown = row.published_at and not row.withdrawn_at and row.closed_at is None
    if not shown and not can(RUN, row.space_id):
        raise NotFound("There is no such call.")
    return row


def own_slot(session: Session, slot_id: int) -> AnyRow:
    """Return a shift of an organisation that the viewer runs."""
    row = queries.slot_page(session, slot_id)
    allow(RUN, row.space_id)
    return row
