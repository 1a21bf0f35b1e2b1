"""The review of proposals: feasible at an exact cost, or not, with the reason for everyone."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.errors import Invalid, Refused
from .....core.node import Node
from .....core.values import Message
from ..models import Programme, Proposal
from ..queries import phase_of
from ..rules import (
    DELIBERATION,
    FEASIBLE,
    PROPOSAL,
    REVIEW,
    UNFIT,
    cost_words,
    may_review,
)
from .held import locked_proposal, record
from .proposing import end_mergings, own
from .telling import changed, tell_author, tell_reviewers

_FIT = Message("“%(title)s” can be done for %(cost)s won", {}).text
_UNFIT = Message("“%(title)s” cannot be done as it is. You may answer or revise it once", {}).text


def _reviewed(node: Node, session: Session, proposal_id: int) -> tuple[Programme, Proposal]:
    programme, proposal = locked_proposal(session, proposal_id)
    if not may_review(proposal.state, phase_of(programme, node.clock.now())):
        raise Refused("Proposals are reviewed after the time for ideas and before the vote.")
    return programme, proposal


def find_feasible(
    node: Node, session: Session, proposal_id: int, *, cost: int, note: str, actor_id: int | None
) -> None:
    """Find that a proposal can be done for exactly ``cost`` won; its author is told."""
    programme, proposal = _reviewed(node, session, proposal_id)
    if not programme.smallest <= cost <= programme.largest:
        raise Invalid({"cost": [cost_words(programme.smallest, programme.largest)]})
    proposal.state, proposal.cost, proposal.review = FEASIBLE, cost, note
    _tell(node, session, proposal, actor_id, _FIT, note)


def find_unfit(
    node: Node, session: Session, proposal_id: int, *, reason: str, actor_id: int | None
) -> None:
    """Find that a proposal cannot be done; the reason is obligatory, everyone reads it and its
    author, who is told, may answer or revise the proposal once."""
    _, proposal = _reviewed(node, session, proposal_id)
    if not reason.strip():
        raise Invalid(
            {"note": [Message("Please say why it cannot be done; everyone reads it.", {})]}
        )
    proposal.state, proposal.cost, proposal.review = UNFIT, None, reason.strip()
    end_mergings(node, session, proposal.id)
    _tell(node, session, proposal, actor_id, _UNFIT, proposal.review)


def _tell(
    node: Node, session: Session, proposal: Proposal, actor_id: int | None, words: str, text: str
) -> None:
    now = node.clock.now()
    proposal.reviewed_at = now
    changed(session, proposal)
    cost = "" if proposal.cost is None else f"{proposal.cost:,}"
    title = Message(words, {"title": proposal.title, "cost": cost})
    key = f"reviewed:{now.isoformat()}"
    tell_author(node, session, proposal, title, text, key=key, but=actor_id)
    record(
        node, session, "reviewed", PROPOSAL, proposal.id, actor_id, state=proposal.state,
        cost=proposal.cost, note=text,
    )  # fmt: skip


def answer_review(
    node: Node, session: Session, proposal_id: int, text: str, *, person_id: int
) -> None:
    """Answer once, in public, why one's proposal can be done after all; the reviewers are told."""
    programme, proposal = own(session, proposal_id, person_id)
    phase = phase_of(programme, node.clock.now())
    if proposal.state != UNFIT or phase not in (REVIEW, DELIBERATION):
        raise Refused("There is nothing to answer now.")
    if proposal.answered_at is not None:
        raise Refused("You have answered already. Thank you!")
    proposal.answer, proposal.answered_at = text, node.clock.now()
    session.flush()
    title = Message("The author of “%(title)s” answers the review", {"title": proposal.title})
    tell_reviewers(node, session, proposal, title, text, key="answered", but=person_id)
    record(node, session, "answered_review", PROPOSAL, proposal.id, person_id)
