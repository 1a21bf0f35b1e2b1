"""What other rooms of the fund ask of a programme."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from ..models import BallotLine, Programme, Proposal
from ..rules import FEASIBLE, FROZEN, Calendar, Project, phase_at


def the_programme(session: Session, programme_id: int) -> Programme:
    """Return a programme whatever its phase; NotFound if there is none."""
    found = session.get(Programme, programme_id)
    if found is None:
        raise NotFound("There is no such programme.")
    return found


def calendar_of(programme: Programme) -> Calendar:
    """Return when each phase of a programme ends."""
    return Calendar(
        programme.ideas_end, programme.review_end, programme.deliberation_end, programme.vote_end,
        programme.carrying_end,
    )  # fmt: skip


def phase_of(programme: Programme, now: datetime) -> str:
    """Return the phase in which a programme is at an instant: "draft", "ideas", "review",
    "deliberation", "vote", "carrying" or "closed"."""
    return phase_at(programme.phase, calendar_of(programme), now)


def on_ballot(session: Session, programme_id: int) -> Sequence[Project]:
    """Return what can be voted for, ordered by id: the feasible proposals, as they stood when
    voting began."""
    programme = the_programme(session, programme_id)
    if programme.phase in FROZEN:
        line = BallotLine
        query = select(line.proposal_id, line.title, line.summary, line.cost, line.category)
        query = query.where(line.programme_id == programme_id).order_by(line.proposal_id)
    else:
        query = select(
            Proposal.id, Proposal.title, Proposal.summary, Proposal.cost, Proposal.category
        )
        query = query.where(
            Proposal.programme_id == programme_id, Proposal.state == FEASIBLE,
            Proposal.hidden_at.is_(None), Proposal.cost.is_not(None),
        ).order_by(Proposal.id)  # fmt: skip
    return [Project(*row) for row in session.execute(query)]
