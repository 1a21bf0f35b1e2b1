"""Leaving a rule aside: with a reason that everyone reads, and that stays."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core import audit, ledger
from .....core.errors import Invalid, NotFound, Refused
from .....core.node import Node
from .....core.values import Message
from .. import queries
from ..models import CarryingReport, Milestone, Override, Undertaking
from ..rules import LATER, NO_REPORT, PAY_EARLY
from .showing import refuse_own
from .telling import ask_reminders


def pay_early(
    node: Node, session: Session, milestone_id: int, amount: int, *, reason: str, key: str,
    actor_id: int,
) -> Override:  # fmt: skip
    """Let so many won of a milestone be paid before it is accepted, once for each ``key``.

    ``Invalid`` if that is more than the milestone's own, less what was let out before.
    """
    ledger.hold(session)
    step = session.get(Milestone, milestone_id)
    if step is None:
        raise NotFound("There is no such milestone.")
    made = _begun(session, step.earmark_id, key, actor_id)
    if made is not None:
        return made
    if step.accepted_at is not None:
        raise Refused("This milestone is accepted already.")
    earlier = session.scalar(
        select(func.coalesce(func.sum(Override.amount), 0)).where(
            Override.milestone_id == milestone_id, Override.what == PAY_EARLY
        )
    )
    room = step.amount - int(earlier or 0)
    if not 0 < amount <= room:
        text = Message("At most %(most)s won of this milestone.", {"most": f"{max(0, room):,}"})
        raise Invalid({"amount": [text]})
    return _add(
        node, session, step.earmark_id, PAY_EARLY, reason, key, actor_id,
        amount=amount, milestone_id=step.id,
    )  # fmt: skip


def excuse_report(
    node: Node, session: Session, earmark_id: int, *, reason: str, key: str, actor_id: int
) -> Override:
    """Let a project end although a report is missing."""
    ledger.hold(session)
    made = _begun(session, earmark_id, key, actor_id)
    return made or _add(node, session, earmark_id, NO_REPORT, reason, key, actor_id)


def put_off(
    node: Node, session: Session, earmark_id: int, day: date, *, reason: str, key: str,
    actor_id: int, milestone_id: int | None = None, report_id: int | None = None,
) -> Override:  # fmt: skip
    """Give a milestone or a report a later day. ``Invalid`` if the day is not later."""
    ledger.hold(session)
    made = _begun(session, earmark_id, key, actor_id)
    if made is not None:
        return made
    row = _of(session, earmark_id, milestone_id, report_id)
    taken = isinstance(row, CarryingReport) and day in {
        each.due_on for each in queries.reports(session, earmark_id)
    }
    if day <= row.due_on or day < queries.today(node) or taken:
        raise Invalid({"day": [Message("Please choose a later day.", {})]})
    was, row.due_on = row.due_on, day
    found = queries.undertaking(session, earmark_id)
    found.ends_on = max(found.ends_on, day)
    session.flush()
    if isinstance(row, CarryingReport):
        ask_reminders(node, session, row)
    return _add(
        node, session, earmark_id, LATER, reason, key, actor_id, milestone_id=milestone_id,
        report_id=report_id, was=was, day=day,
    )  # fmt: skip


def _of(
    session: Session, earmark_id: int, milestone_id: int | None, report_id: int | None
) -> Milestone | CarryingReport:
    row: Milestone | CarryingReport | None = (
        session.get(CarryingReport, report_id)
        if milestone_id is None
        else session.get(Milestone, milestone_id)
    )
    if row is None or row.earmark_id != earmark_id:
        raise NotFound("There is no such project.")
    done = row.accepted_at if isinstance(row, Milestone) else row.given_at
    if done is not None:
        raise Refused("This is done already.")
    return row


def _begun(session: Session, earmark_id: int, key: str, actor_id: int) -> Override | None:
    """Return what this key made already; else see that this person may leave a rule aside."""
    found: Undertaking = queries.undertaking(session, earmark_id)
    refuse_own(session, found, actor_id)
    if found.ended_at is not None:
        raise Refused("This project has ended.")
    return session.scalars(
        select(Override).where(Override.earmark_id == earmark_id, Override.key == key)
    ).one_or_none()


def _add(
    node: Node, session: Session, earmark_id: int, what: str, reason: str, key: str,
    actor_id: int, **more: Any,
) -> Override:  # fmt: skip
    if not reason.strip():
        raise Invalid({"reason": [Message("Please say why. Everyone reads it.", {})]})
    now = node.clock.now()
    made = Override(
        earmark_id=earmark_id, what=what, reason=reason.strip(), key=key, actor_id=actor_id,
        at=now, **more,
    )  # fmt: skip
    session.add(made)
    session.flush()
    audit.record(
        session, "fund.override", at=now, person_id=actor_id, subject=("project", earmark_id),
        what=what, override=made.id, amount=made.amount,
    )  # fmt: skip
    return made
