"""The timed work of rounds: what is asked for, under which key, and when it is due."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from .....core import outbox
from .....core.node import Node
from ..models import Cycle

CUT_OFF = "assembly.cut_off"
NEAR = "assembly.cut_off_near"
BEGIN = "assembly.begin"
CARRY = "assembly.carry"
OPEN = "assembly.open"
SCHEDULE = "assembly.schedule"

REMINDERS = (24, 3)
"""So many hours before a cut-off its mail goes out: the first of these for which there is time."""


def ask_for(session: Session, kind: str, key: str, at: datetime, **payload: object) -> None:
    """Ask for a job of the assembly; the key makes it single."""
    outbox.enqueue(session, kind, payload, key=f"{kind}:{key}", at=at)


def ask_decision(session: Session, cycle: Cycle, at: datetime) -> None:
    """Ask for the decision on all producers whose cut-off this is; it looks anew at what stands."""
    ask_for(session, CUT_OFF, f"{cycle.id}:{at.isoformat()}", at, cycle_id=cycle.id)


def ask_reminders(node: Node, session: Session, cycle: Cycle, at: datetime) -> None:
    """Ask for the mail before a cut-off, if there is still time for it."""
    for hours in REMINDERS:
        due = at - timedelta(hours=hours)
        if due > max(node.clock.now(), cycle.opens_at):
            key = f"{cycle.id}:{at.isoformat()}:{hours}"
            ask_for(session, NEAR, key, due, cycle_id=cycle.id, cut_off=at.isoformat(), hours=hours)
            return


def ask_opening(session: Session, cycle: Cycle) -> None:
    """Ask for the opening of a round that a schedule has made, at its time."""
    if cycle.schedule_id is not None:
        key = f"{cycle.id}:{cycle.opens_at.isoformat()}"
        ask_for(session, OPEN, key, cycle.opens_at, cycle_id=cycle.id)
