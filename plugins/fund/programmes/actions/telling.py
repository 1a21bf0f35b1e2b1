"""What people are told of programmes and proposals, and that these can be found."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import follows, notices, search
from .....core.models import Grant
from .....core.node import Node
from .....core.notices import Notice
from .....core.values import Message
from ..models import Programme, Proposal
from ..rules import (
    CARRYING,
    CHOSEN,
    CLOSED,
    DELIBERATION,
    IDEAS,
    NOT_CHOSEN,
    PROGRAMME,
    PROGRAMMES,
    PROPOSAL,
    PROPOSALS,
    REVIEW,
    REVIEWS,
    VOTE,
    subject_of,
)

_PHASES = {
    IDEAS: Message("Ideas are awaited. Write yours: a few lines are enough.", {}),
    REVIEW: Message(
        "All ideas are in. Now it is looked at what can be done, and at what cost.", {}
    ),
    DELIBERATION: Message("The proposals can be compared and talked over now.", {}),
    VOTE: Message("The list stands: it is being decided now.", {}),
    CARRYING: Message("It is decided. Look at what will be done.", {}),
    CLOSED: Message("All is done. The report says what came of it.", {}),
}


def programme_path(programme_id: int) -> str:
    """Return the path of a programme's page."""
    return f"/fund/programmes/{programme_id}"


def proposal_path(proposal_id: int) -> str:
    """Return the path of a proposal's page."""
    return f"/fund/proposals/{proposal_id}"


def tell_phase(
    node: Node, session: Session, programme: Programme, actor_id: int | None = None
) -> None:
    """Tell who follows a programme that it has come into a phase."""
    search.changed(session, PROGRAMME, programme.id)
    subject = subject_of(PROGRAMME, programme.id)
    notice = Notice(
        kind=PROGRAMMES.name, title=programme.title, text=_PHASES[programme.phase],
        key=f"fund:{subject}:{programme.phase}", url=programme_path(programme.id),
        subject=subject, heading=programme.title,
    )  # fmt: skip
    follows.tell(node, session, subject, notice, but=actor_id)


_CHOSEN = Message("“%(title)s” will be done", {}).text
_NOT_CHOSEN = Message("“%(title)s” was not chosen this time", {}).text


def tell_outcome(node: Node, session: Session, programme: Programme, actor_id: int | None) -> None:
    """Tell the author of each proposal on the list what was decided about it."""
    mine = (Proposal.programme_id == programme.id, Proposal.author_id.is_not(None))
    decided = Proposal.state.in_((CHOSEN, NOT_CHOSEN))
    for proposal in session.scalars(select(Proposal).where(*mine, decided).limit(500)).all():
        words = _CHOSEN if proposal.state == CHOSEN else _NOT_CHOSEN
        tell_author(
            node, session, proposal, Message(words, {"title": proposal.title}),
            programme.title, key="decided", but=actor_id,
        )  # fmt: skip


def tell_author(
    node: Node, session: Session, proposal: Proposal, title: Message, text: str | Message, *,
    key: str, but: int | None = None,
) -> None:  # fmt: skip
    """Tell the author of a proposal, if they are still here."""
    if proposal.author_id is None or proposal.author_id == but:
        return
    tell_people(node, session, [proposal.author_id], proposal, title, text, key=key)


def tell_people(
    node: Node, session: Session, people: Collection[int], proposal: Proposal, title: Message,
    text: str | Message, *, key: str,
) -> None:  # fmt: skip
    """Tell these people what is new of a proposal, once for each key."""
    notices.tell(node, session, people, _notice(PROPOSALS.name, proposal, title, text, key))


def tell_reviewers(
    node: Node, session: Session, proposal: Proposal, title: Message, text: str, *, key: str,
    but: int | None = None,
) -> None:  # fmt: skip
    """Tell those who review proposals."""
    notice = _notice(REVIEWS.name, proposal, title, text, key)
    notices.tell(node, session, sorted(_keepers(session) - {but}), notice)


def _keepers(session: Session) -> set[int]:
    roles = Grant.role.in_(REVIEWS.roles)
    return set(session.scalars(select(Grant.person_id).where(Grant.space_id.is_(None), roles)))


_WAITS = Message("The deliberation is over. Please freeze the list, so that it is decided.", {})


def tell_keepers(node: Node, session: Session, programme: Programme) -> None:
    """Tell those who keep the fund, once, that a list waits to be frozen."""
    subject = subject_of(PROGRAMME, programme.id)
    notice = Notice(
        kind=REVIEWS.name, title=programme.title, text=_WAITS,
        key=f"fund:{subject}:freeze", url=programme_path(programme.id), subject=subject,
        heading=programme.title,
    )  # fmt: skip
    notices.tell(node, session, sorted(_keepers(session)), notice)


def _notice(kind: str, proposal: Proposal, title: Message, text: str | Message, key: str) -> Notice:
    subject = subject_of(PROPOSAL, proposal.id)
    return Notice(
        kind=kind, title=title, text=text if isinstance(text, Message) else text[:500],
        key=f"fund:{subject}:{key}", url=proposal_path(proposal.id), subject=subject,
        heading=proposal.title,
    )  # fmt: skip


def changed(session: Session, proposal: Proposal) -> None:
    """Let a proposal be found as it is now."""
    session.flush()
    search.changed(session, PROPOSAL, proposal.id)


def search_all(session: Session, programme_id: int) -> None:
    """Let all proposals of a programme be found as they are now."""
    mine = select(Proposal.id).where(Proposal.programme_id == programme_id)
    search.all_changed(session, PROPOSAL, mine)
