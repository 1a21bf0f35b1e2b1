"""A round held for a change, and what is written down of what was done with it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import audit
from .....core.errors import NotFound
from .....core.node import Node
from .....core.search import changed
from ..models import Cycle


def locked(session: Session, cycle_id: int, *, shared: bool = False) -> Cycle:
    """Return the cycle, locked until the transaction ends so that nobody moves it meanwhile.

    ``shared``: others may hold it so at the same time; for what needs the state to stay as it is.
    """
    cycle = session.scalars(
        select(Cycle)
        .where(Cycle.id == cycle_id)
        .with_for_update(read=shared)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if cycle is None:
        raise NotFound("There is no such round.")
    return cycle


def record(
    node: Node, session: Session, what: str, cycle_id: int, actor_id: int | None, **details: Any
) -> None:
    """Write in the audit log what was done with a round, and let it be found as it is now."""
    changed(session, "round", cycle_id)
    audit.record(
        session,
        f"assembly.cycle.{what}",
        at=node.clock.now(),
        person_id=actor_id,
        subject=("cycle", cycle_id),
        **details,
    )
