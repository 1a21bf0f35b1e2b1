"""Who came: ticked by those who hold the event, on the day and after it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from .....core.errors import NotFound, Refused
from .....core.node import Node
from ..models import SignUp
from .held import locked_date

EARLY = timedelta(hours=3)
"""How long before it begins people may be ticked already: those who help come early."""


def tick(node: Node, session: Session, occurrence_id: int, sign_up_id: int, *, came: bool) -> None:
    """Note that somebody came, or that they did not after all; twice is the same as once."""
    date, _event = locked_date(session, occurrence_id)
    if node.clock.now() < date.starts_at - EARLY:
        raise Refused("It has not begun yet. You can tick who comes from three hours before.")
    done = session.execute(
        update(SignUp)
        .where(SignUp.id == sign_up_id, SignUp.occurrence_id == occurrence_id, SignUp.state == "in")
        .values(came=came)
        .execution_options(synchronize_session=False)
    )
    if not done.rowcount:  # type: ignore[attr-defined]
        raise NotFound("Nobody of this list has a place.")
