"""Who may see events, hold them, and come to them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ....core.answers import Rule
from ....core.errors import NotFound
from ....core.values import STEWARD
from ..desks import Right
from . import queries
from .queries import AnyRow, is_public

SEE = "locality.event.see"
COME = "locality.event.come"
LEAVE = "locality.event.leave"
HOLD = "locality.event.hold"
HOLD_NODE = "locality.event.hold_node"
RULES = (
    Rule(SEE, everyone=True),
    Rule(COME, everyone=True),  # guests too: they confirm by mail
    Rule(LEAVE, members=True),
    Rule(HOLD, roles=frozenset({"owner", "activist"})),
    Rule(HOLD_NODE, roles=frozenset({STEWARD})),
)
HOLDING = Right(HOLD, HOLD_NODE)


def seen_event(session: Session, event_id: int) -> AnyRow:
    """Return an event that the viewer may see."""
    return _seen(queries.event_page(session, event_id))


def seen_date(session: Session, occurrence_id: int) -> AnyRow:
    """Return a date of an event that the viewer may see."""
    return _seen(queries.occurrence_page(session, occurrence_id))


def _seen(row: AnyRow) -> AnyRow:
    if not is_public(row) and not HOLDING.held(row.space_id):
        raise NotFound("There is no such event.")
    return row


def own_event(session: Session, event_id: int) -> AnyRow:
    """Return an event that the viewer holds; a stranger learns not even that a draft is there."""
    row = seen_event(session, event_id)
    HOLDING.check(row.space_id)
    return row


def own_date(session: Session, occurrence_id: int) -> AnyRow:
    """Return a date of an event that the viewer holds."""
    row = seen_date(session, occurrence_id)
    HOLDING.check(row.space_id)
    return row
