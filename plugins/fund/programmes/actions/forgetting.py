"""What is kept of those who propose, support and ask, and what goes when somebody leaves."""

from __future__ import annotations

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import Session

from .....core import search
from .....core.answers import Keeping
from .....core.values import Message
from ..models import BallotLine, MergePart, Proposal, ProposalQuestion, ProposalVersion, Support
from ..rules import DRAFT, PROPOSAL, WITHDRAWN


def forget_person(session: Session, person_id: int) -> None:
    """Take away sympathy and questions of somebody who leaves, and their proposals.

    A proposal that others support, that was merged or stood on a list that was decided about stays
    without a name: it is theirs too by then.
    """
    session.execute(delete(Support).where(Support.person_id == person_id))
    session.execute(delete(ProposalQuestion).where(ProposalQuestion.person_id == person_id))
    shared = or_(
        exists().where(Support.proposal_id == Proposal.id),
        exists().where(MergePart.proposal_id == Proposal.id),
        exists().where(BallotLine.proposal_id == Proposal.id),
        Proposal.key.startswith("merging:"),
    )
    mine = Proposal.author_id == person_id
    alone = ~shared | Proposal.state.in_((DRAFT, WITHDRAWN)) & ~exists().where(
        MergePart.proposal_id == Proposal.id
    )
    gone = list(session.scalars(select(Proposal.id).where(mine, alone)))
    for model in (ProposalQuestion, ProposalVersion, Support):
        session.execute(delete(model).where(model.proposal_id.in_(gone)))
    search.all_changed(session, PROPOSAL, select(Proposal.id).where(mine))
    session.execute(delete(Proposal).where(Proposal.id.in_(gone)))
    session.execute(update(Proposal).where(mine).values(author_id=None))


KEEPINGS = (
    Keeping(
        "proposals",
        Message("Ideas that you propose for the fund's money", {}),
        Message("name and proposal with its versions, to everyone", {}),
        Message(
            "until you close your account; what others support, or what was merged or decided"
            " about, then stays without your name",
            {},
        ),
        Message("our agreement with you (article 15 (1) 4)", {}),
    ),
    Keeping(
        "sympathy and questions",
        Message("Your sympathy with proposals, and your questions about them", {}),
        Message("that you support it (only as a number); name and question, to everyone", {}),
        Message("until you take it back or close your account", {}),
        Message("our agreement with you (article 15 (1) 4)", {}),
    ),
)
