"""A shift held for a change, and what is written down of what was done with it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import audit
from .....core.errors import NotFound
from .....core.node import Node
from ..models import Helper, Shift


def locked(session: Session, shift_id: int) -> Shift:
    """Return the shift, locked until the transaction ends: here meet two who want one place."""
    shift = session.scalars(
        select(Shift)
        .where(Shift.id == shift_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if shift is None:
        raise NotFound("There is no such shift.")
    return shift


def places_of(session: Session, shift: Shift) -> list[Helper]:
    """Return the places that are taken, the first taken first."""
    taken = select(Helper).where(Helper.shift_id == shift.id).order_by(Helper.taken_at, Helper.id)
    return list(session.scalars(taken.execution_options(populate_existing=True)))


def record(
    node: Node, session: Session, what: str, shift_id: int, actor_id: int | None, **details: Any
) -> None:
    """Write in the audit log what was done with a shift."""
    audit.record(
        session, f"assembly.shift.{what}", at=node.clock.now(), person_id=actor_id,
        subject=("shift", shift_id), **details,
    )  # fmt: skip
