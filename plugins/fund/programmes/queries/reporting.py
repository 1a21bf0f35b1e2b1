"""What came of a programme: what was decided, spent, returned, and which reports are late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core.values import Won
from ...carrying.models import CarryingReport, Undertaking
from ...carrying.queries import spent
from ...earmarks.models import Earmark
from ...earmarks.queries import left
from ..models import BallotLine, Proposal
from ..rules import CHOSEN, PROPOSAL, subject_of


@dataclass(frozen=True, slots=True)
class Outcome:
    """A project that was decided on, in won: its cost, what was spent of it, what is left, and what
    went back after its end. ``late``: a report was not given in time."""

    proposal_id: int
    earmark_id: int
    title: str
    cost: Won
    spent: Won
    left: Won
    returned: Won
    ended: bool
    late: bool


def outcomes(session: Session, programme_id: int, today: date) -> Sequence[Outcome]:
    """Return what came of each project that was decided on, in the order of the ids."""
    lines = session.execute(
        select(BallotLine.proposal_id, BallotLine.title, BallotLine.cost)
        .join(Proposal, Proposal.id == BallotLine.proposal_id)
        .where(BallotLine.programme_id == programme_id, Proposal.state == CHOSEN)
        .order_by(BallotLine.proposal_id)
    ).all()
    subjects = [subject_of(PROPOSAL, line.proposal_id) for line in lines]
    rows = session.execute(
        select(Earmark.subject, Earmark.id, Undertaking.ended_at)
        .outerjoin(Undertaking, Undertaking.earmark_id == Earmark.id)
        .where(Earmark.subject.in_(subjects))
    )
    earmarks = {row.subject: row for row in rows}
    ids = [row.id for row in earmarks.values()]
    paid, held, late = spent(session, ids), left(session, ids), _late(session, ids, today)
    found = []
    for subject, line in zip(subjects, lines, strict=True):
        row = earmarks[subject]
        gone, stands, ended = paid[row.id], held[row.id], row.ended_at is not None
        back = Won(line.cost - gone - stands) if ended else Won(0)
        found.append(
            Outcome(
                line.proposal_id, row.id, line.title, Won(line.cost), gone, stands, back, ended,
                late.get(row.id, 0) > 0,
            )
        )  # fmt: skip
    return found


def _late(session: Session, earmark_ids: Sequence[int], today: date) -> dict[int, int]:
    rows = session.execute(
        select(CarryingReport.earmark_id, func.count())
        .where(
            CarryingReport.earmark_id.in_(earmark_ids), CarryingReport.given_at.is_(None),
            CarryingReport.due_on < today,
        )
        .group_by(CarryingReport.earmark_id)
    )  # fmt: skip
    return dict(rows.tuples().all())
