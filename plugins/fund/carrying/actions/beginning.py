"""The beginning and the end of carrying a decision out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import audit, ledger
from .....core.errors import Refused
from .....core.node import Node
from ...earmarks import actions as earmarks
from ...earmarks import queries as held
from ...earmarks.models import Earmark
from .. import queries
from ..models import CarryingReport, Milestone, Override, Undertaking
from ..rules import NO_REPORT, Step
from .telling import ask_reminders


def begin(
    node: Node, session: Session, earmark: Earmark, *, title: str, leader_id: int | None,
    space_id: int | None, steps: Sequence[Step], report_on: Sequence[date],
) -> Undertaking:  # fmt: skip
    """Bind an earmark's money to steps, once; the same earmark gives the same undertaking.

    ``steps`` are in order and their won sum to what stands in the earmark, else ``Refused``.
    """
    ledger.hold(session)
    made = session.get(Undertaking, earmark.id)
    if made is not None:
        return made
    _check(session, earmark, steps)
    made = Undertaking(
        earmark_id=earmark.id, title=title[:120], leader_id=leader_id, space_id=space_id,
        begun_at=node.clock.now(),
        ends_on=max(chain((each.due_on for each in steps), report_on)),
    )  # fmt: skip
    session.add(made)
    session.flush()
    session.add_all(
        Milestone(
            earmark_id=earmark.id, position=number, title=each.title[:120], amount=each.amount,
            due_on=each.due_on,
        )
        for number, each in enumerate(steps, 1)
    )  # fmt: skip
    reports = [CarryingReport(earmark_id=earmark.id, due_on=day) for day in sorted(set(report_on))]
    session.add_all(reports)
    session.flush()
    for report in reports:
        ask_reminders(node, session, report)
    audit.record(
        session, "fund.began", at=made.begun_at, person_id=None, subject=("project", earmark.id)
    )
    return made


def _check(session: Session, earmark: Earmark, steps: Sequence[Step]) -> None:
    if not steps or any(each.amount <= 0 for each in steps):
        raise Refused("A project has at least one step, and each step has an amount.")
    stands, asked = held.left(session, [earmark.id])[earmark.id], sum(s.amount for s in steps)
    if asked != stands:
        raise Refused(
            "The steps come to %(asked)s won, and %(held)s won are set apart. Please let the"
            " steps come to the same.",
            asked=f"{asked:,}", held=f"{stands:,}",
        )  # fmt: skip


def finish(node: Node, session: Session, earmark_id: int, *, actor_id: int | None) -> None:
    """End an undertaking: what was not spent is free again. Twice is once.

    ``Refused`` while a report is missing (unless that was left aside with a reason), or while
    approved claims wait to be paid.
    """
    ledger.hold(session)
    found = queries.undertaking(session, earmark_id)
    session.refresh(found, with_for_update=True)
    if found.ended_at is not None:
        return
    if queries.committed(session, [earmark_id])[earmark_id]:
        raise Refused("Approved claims wait to be paid out of this project. Please pay them first.")
    if _reports_missing(session, earmark_id):
        raise Refused(
            "A report is still missing. Please ask for it, or write down why the project ends"
            " without it."
        )
    earmarks.close(node, session, queries.earmark_of(session, earmark_id), actor_id=actor_id)
    found.ended_at = node.clock.now()
    audit.record(
        session, "fund.finished", at=found.ended_at, person_id=actor_id,
        subject=("project", earmark_id),
    )  # fmt: skip


def _reports_missing(session: Session, earmark_id: int) -> bool:
    missing = select(CarryingReport.id).where(
        CarryingReport.earmark_id == earmark_id, CarryingReport.given_at.is_(None)
    )
    if session.scalar(missing.limit(1)) is None:
        return False
    excused = select(Override.id).where(
        Override.earmark_id == earmark_id, Override.what == NO_REPORT
    )
    return session.scalar(excused.limit(1)) is None
