"""A programme or a proposal held for a change, and what is written down of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import audit
from .....core.errors import NotFound
from .....core.node import Node
from ..models import PhaseStep, Programme, Proposal
from ..queries import phase_of
from ..rules import is_later


def locked_programme(session: Session, programme_id: int) -> Programme:
    """Return the programme, locked until the transaction ends; NotFound if there is none."""
    query = select(Programme).where(Programme.id == programme_id).with_for_update()
    found = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound("There is no such programme.")
    return found


def locked_proposal(session: Session, proposal_id: int) -> tuple[Programme, Proposal]:
    """Return a proposal and its programme, both locked, the programme first: so all that is done
    with proposals and all that ends a phase wait for each other."""
    of = session.scalar(select(Proposal.programme_id).where(Proposal.id == proposal_id))
    if of is None:
        raise NotFound("There is no such proposal.")
    programme = locked_programme(session, of)
    query = select(Proposal).where(Proposal.id == proposal_id).with_for_update()
    found = session.scalars(query.execution_options(populate_existing=True)).one()
    return programme, found


def last_day(node: Node, end: datetime) -> date:
    """Return the last day before an instant, in the node's time zone."""
    zone = ZoneInfo(node.settings.node.time_zone)
    return (end - timedelta(seconds=1)).astimezone(zone).date()


def into_phase(
    node: Node, session: Session, programme: Programme, phase: str, *, reason: str = ""
) -> bool:
    """Move a programme on and write the step down; return False, and do nothing, if it is there or
    further already."""
    if not is_later(phase, programme.phase):
        return False
    programme.phase = phase
    programme.version += 1
    session.add(
        PhaseStep(programme_id=programme.id, phase=phase, at=node.clock.now(), reason=reason)
    )
    session.flush()
    return True


def caught_up(node: Node, session: Session, programme: Programme) -> str:
    """Write down the phase that the calendar has reached, and return it."""
    phase = phase_of(programme, node.clock.now())
    into_phase(node, session, programme, phase)
    return phase


def record(
    node: Node, session: Session, what: str, kind: str, number: int, actor_id: int | None,
    **details: Any,
) -> None:  # fmt: skip
    """Write in the audit log what was done with a programme or a proposal."""
    audit.record(
        session, f"fund.{kind}.{what}", at=node.clock.now(), person_id=actor_id,
        subject=(kind, number), **details,
    )  # fmt: skip
