"""A producer says that its order sheet is seen."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.errors import NotFound, Refused
from .....core.node import Node
from ..models import Part
from ..rules import State
from .held import locked, record


def confirm_sheet(
    node: Node, session: Session, cycle_id: int, seller_id: int, *, actor_id: int | None
) -> bool:
    """Note that a producer has seen its order sheet; return whether that is news.

    Refused before the sheet is sent: what stands on it could still change.
    """
    cycle = locked(session, cycle_id, shared=True)
    part = session.get(Part, (cycle_id, seller_id), with_for_update=True, populate_existing=True)
    if part is None:
        raise NotFound("This producer has no part in the round.")
    if not State(cycle.state).reached(State.SENT):
        raise Refused("This order sheet is not sent yet.")
    if part.sheet_confirmed_at is not None:
        return False
    part.sheet_confirmed_at = node.clock.now()
    session.flush()
    record(node, session, "sheet_confirmed", cycle_id, actor_id, seller_id=seller_id)
    return True
