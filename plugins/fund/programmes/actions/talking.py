"""Sympathy with a proposal, and questions and answers under it."""

from __future__ import annotations

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from .....core import members
from .....core.errors import Forbidden, NotFound, Refused
from .....core.node import Node
from .....core.statements import insert_of
from .....core.values import Message
from ..models import Programme, Proposal, ProposalQuestion, Support
from ..queries import phase_of
from ..rules import MOST_QUESTIONS, PROPOSAL, SHOWN, may_talk
from .held import locked_proposal, record
from .telling import tell_author, tell_people


def _open(
    node: Node, session: Session, proposal_id: int, person_id: int
) -> tuple[Programme, Proposal]:
    if members.stays(session, person_id) is None:
        raise NotFound("There is no such proposal.")
    programme, proposal = locked_proposal(session, proposal_id)
    if proposal.state not in SHOWN or proposal.hidden_at is not None:
        raise NotFound("There is no such proposal.")
    if not may_talk(proposal.state, phase_of(programme, node.clock.now())):
        raise Refused("The time for this is over. Thank you all the same!")
    return programme, proposal


def support(node: Node, session: Session, proposal_id: int, *, person_id: int) -> None:
    """Show sympathy with a proposal, once; it is a sign and no vote."""
    _, proposal = _open(node, session, proposal_id, person_id)
    if proposal.author_id == person_id:
        raise Refused("It is your own proposal. Tell your neighbours of it!")
    insert = insert_of(session.get_bind().dialect.name)
    row = {"proposal_id": proposal_id, "person_id": person_id, "at": node.clock.now()}
    session.execute(insert(Support).values(row).on_conflict_do_nothing())


def unsupport(node: Node, session: Session, proposal_id: int, *, person_id: int) -> None:
    """Take one's sympathy back."""
    _open(node, session, proposal_id, person_id)
    mine = (Support.proposal_id == proposal_id, Support.person_id == person_id)
    session.execute(delete(Support).where(*mine))


def ask(
    node: Node, session: Session, proposal_id: int, text: str, *, key: str, person_id: int
) -> ProposalQuestion:
    """Ask in public about a proposal, once for each ``key``; its author is told."""
    _, proposal = _open(node, session, proposal_id, person_id)
    key = f"{person_id}:{key}"[:60]
    of_it = ProposalQuestion.proposal_id == proposal_id
    made = session.scalars(
        select(ProposalQuestion).where(of_it, ProposalQuestion.key == key)
    ).one_or_none()
    if made is not None:
        return made
    mine = (of_it, ProposalQuestion.person_id == person_id)
    waiting = select(func.count()).where(*mine, ProposalQuestion.answered_at.is_(None))
    if (session.scalar(waiting) or 0) >= MOST_QUESTIONS:
        raise Refused("Some of your questions still wait for an answer. Please wait for it.")
    question = ProposalQuestion(
        proposal_id=proposal_id, key=key, person_id=person_id, text=text, at=node.clock.now()
    )
    session.add(question)
    session.flush()
    title = Message("A question about “%(title)s”", {"title": proposal.title})
    tell_author(node, session, proposal, title, text, key=f"question:{question.id}", but=person_id)
    record(node, session, "asked", PROPOSAL, proposal_id, person_id)
    return question


def answer_question(
    node: Node, session: Session, question_id: int, text: str, *, person_id: int
) -> int:
    """Answer a question about one's own proposal, or word the answer anew; return the proposal's
    id. Who asked is told the first time."""
    found = session.get(ProposalQuestion, question_id)
    if found is None or found.hidden_at is not None:
        raise NotFound("There is no such question.")
    _, proposal = locked_proposal(session, found.proposal_id)
    if proposal.author_id != person_id:
        raise Forbidden("Only the author of a proposal can do this.")
    session.refresh(found, with_for_update=True)
    is_first = found.answered_at is None
    found.answer, found.answered_at = text, node.clock.now()
    session.flush()
    if is_first and found.person_id not in (None, person_id):
        title = Message("Your question about “%(title)s” is answered", {"title": proposal.title})
        people = [found.person_id] if found.person_id else []
        tell_people(node, session, people, proposal, title, text, key=f"answer:{found.id}")
    return proposal.id


def remove_question(node: Node, session: Session, question_id: int, *, person_id: int) -> int:
    """Take one's own question back with its answer; return the proposal's id."""
    found = session.get(ProposalQuestion, question_id, with_for_update=True)
    if found is None:
        raise NotFound("There is no such question.")
    if found.person_id != person_id:
        raise Forbidden("Only who asked can take a question back.")
    proposal_id = found.proposal_id
    session.delete(found)
    session.flush()
    record(node, session, "question_removed", PROPOSAL, proposal_id, person_id)
    return proposal_id
