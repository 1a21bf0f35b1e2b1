"""Programmes, proposals and questions as things that can be reported, followed and hidden."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.answers import Thing
from .....core.facts import ThingHidden
from .....core.node import Node
from .....core.values import Message
from ..models import Programme, Proposal, ProposalQuestion
from ..rules import DRAFT, PROGRAMME, PROPOSAL, QUESTION, SHOWN, number_of
from .telling import changed, programme_path, proposal_path


def thing(session: Session, subject: str) -> Thing | None:
    """Return the programme, proposal or question that a subject names; drafts are nobody's
    concern."""
    programme = session.get(Programme, number_of(subject, PROGRAMME) or 0)
    if programme is not None and programme.phase != DRAFT:
        return Thing(
            subject, Message("Call for ideas", {}), programme.title,
            programme_path(programme.id), can_follow=True,
        )  # fmt: skip
    proposal = session.get(Proposal, number_of(subject, PROPOSAL) or 0)
    if proposal is not None and proposal.state in SHOWN:
        people = frozenset({proposal.author_id} if proposal.author_id else ())
        return Thing(
            subject, Message("Proposal", {}), proposal.title, proposal_path(proposal.id), people
        )
    question = session.get(ProposalQuestion, number_of(subject, QUESTION) or 0)
    if question is None:
        return None
    return Thing(
        subject, Message("Question", {}), question.text[:80],
        f"{proposal_path(question.proposal_id)}#q{question.id}",
        frozenset({question.person_id} if question.person_id else ()),
    )  # fmt: skip


def listen(node: Node, session: Session, fact: ThingHidden) -> None:
    """Hide a proposal or a question, or show it again; what was frozen stays on its list."""
    at = node.clock.now() if fact.hidden else None
    question = session.get(
        ProposalQuestion, number_of(fact.subject, QUESTION) or 0, with_for_update=True
    )
    if question is not None:
        question.hidden_at = at
    proposal = session.get(Proposal, number_of(fact.subject, PROPOSAL) or 0, with_for_update=True)
    if proposal is not None:
        proposal.hidden_at = at
        changed(session, proposal)


def subject_urls(subjects: frozenset[str]) -> list[tuple[str, str]]:
    """Return those subjects of postings that are programmes or proposals, with their pages."""
    found = []
    for subject in subjects:
        for kind, path in ((PROGRAMME, programme_path), (PROPOSAL, proposal_path)):
            number = number_of(subject, kind)
            if number is not None:
                found.append((subject, path(number)))
    return found
