"""Who may see and change a call and its shifts."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ....core.errors import NotFound
from ....core.web import allow, can, this_viewer
from ..organisations.access import RUN
from . import queries
from .queries import AnyRow


def own_call(session: Session, call_id: int) -> AnyRow:
    """Return a call of an organisation that the viewer runs."""
    row = queries.call_page(session, call_id)
    allow(RUN, row.space_id)
    return row


def seen_call(session: Session, call_id: int) -> AnyRow:
    """Return a call that the viewer may see: a draft is shown only to those who run it, and one
    that was taken back to whoever has a place, too: they have to know when, and may not come."""
    row = queries.call_page(session, call_id)
    shown = row.published_at and not row.withdrawn_at and row.closed_at is None
    if shown or can(RUN, row.space_id):
        return row
    viewer = this_viewer()
    if viewer is None or not queries.has_place(session, call_id, viewer.id):
        raise NotFound("There is no such call.")
    return row


def own_slot(session: Session, slot_id: int) -> AnyRow:
    """Return a shift of an organisation that the viewer runs."""
    row = queries.slot_page(session, slot_id)
    allow(RUN, row.space_id)
    return row
