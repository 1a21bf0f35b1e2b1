"""Calls and shifts held for a change, what is written down of them, and what is told of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import audit, search
from .....core.errors import NotFound
from .....core.facts import ThingPublished
from .....core.models import Space
from .....core.node import Node
from ...organisations.actions import tell_published, tell_withdrawn
from ..models import Call, Slot, Volunteer
from ..rules import KIND


def locked_call(session: Session, call_id: int) -> Call:
    """Return the call, locked until the transaction ends."""
    row = session.scalars(
        select(Call)
        .where(Call.id == call_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such call.")
    return row


def locked_slot(session: Session, slot_id: int) -> Slot:
    """Return the shift, locked until the transaction ends: here meet two who want one place."""
    row = session.scalars(
        select(Slot)
        .where(Slot.id == slot_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such shift.")
    return row


def volunteers(session: Session, slot_id: int, *, waits: bool) -> list[Volunteer]:
    """Return who has a place, or who waits for one, the first first."""
    query = select(Volunteer).where(Volunteer.slot_id == slot_id, Volunteer.waits.is_(waits))
    query = query.order_by(Volunteer.at, Volunteer.id)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def subject_of(call_id: int) -> str:
    """Return by what a call is named everywhere."""
    return f"{KIND}:{call_id}"


def is_shown(row: Call) -> bool:
    """Say whether a call is public now, as far as it decides that itself."""
    return row.published_at is not None and row.withdrawn_at is None and row.hidden_at is None


def space_of(session: Session, row: Call) -> Space:
    """Return whose call it is."""
    return session.get_one(Space, row.space_id)


def tell_others(node: Node, session: Session, row: Call) -> None:
    """Tell the rest of the node how the call stands now, and let it be found so."""
    session.flush()
    search.changed(session, "call", row.id)
    if is_shown(row) and row.published_at is not None:
        first = session.execute(
            select(Slot.starts_at, Slot.ends_at)
            .where(Slot.call_id == row.id, Slot.called_off_at.is_(None),
                   Slot.starts_at > node.clock.now())
            .order_by(Slot.starts_at)
            .limit(1)
        ).one_or_none()  # fmt: skip
        fact = ThingPublished(
            subject=subject_of(row.id), kind=KIND, author=f"space:{row.space_id}",
            title=row.title, path=f"/board/calls/{row.id}", at=row.published_at, text=row.text,
            starts_at=first.starts_at if first else None, ends_at=first.ends_at if first else None,
            place=row.place,
        )  # fmt: skip
        tell_published(node, session, fact)
    elif row.published_at is not None:
        tell_withdrawn(node, session, subject_of(row.id), row.space_id)


def record(
    node: Node, session: Session, what: str, subject: tuple[str, int], actor_id: int | None,
    **details: Any,
) -> None:  # fmt: skip
    """Write in the audit log what was done with a call, a shift or hours."""
    audit.record(
        session, f"board.{what}", at=node.clock.now(), person_id=actor_id, subject=subject,
        **details,
    )  # fmt: skip
