"""An author's proposal: draft, versions, picture, and taking it back."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from .....core import follows, members, pictures
from .....core.errors import Forbidden, NotFound, Refused
from .....core.node import Node
from .....core.values import Message, Viewer
from ..models import MergePart, Merging, Programme, Proposal, ProposalVersion
from ..queries import phase_of
from ..rules import (
    CHECKED,
    DRAFT,
    FROZEN,
    IDEAS,
    PROGRAMME,
    PROPOSAL,
    PROPOSED,
    STANDING,
    UNFIT,
    WITHDRAWN,
    Idea,
    listed,
    may_write,
    subject_of,
)
from .held import locked_programme, locked_proposal, record
from .telling import changed, tell_reviewers

_MORE_DRAFTS = 3


def draft(
    node: Node, session: Session, programme_id: int, idea: Idea, *, key: str, viewer: Viewer
) -> Proposal:
    """Keep a draft that only its author sees, once for each ``key``."""
    if members.stays(session, viewer.id) is None:
        raise NotFound("There is no such programme.")
    programme = locked_programme(session, programme_id)
    key = f"{viewer.id}:{key}"[:60]
    of_it = Proposal.programme_id == programme_id
    made = session.scalars(select(Proposal).where(of_it, Proposal.key == key)).one_or_none()
    if made is not None:
        return made
    _check_open(node, programme, viewer)
    _check(programme, idea)
    drafts = _count(session, programme_id, viewer.id, (DRAFT,))
    if drafts >= programme.per_person + _MORE_DRAFTS:
        raise Refused("Many drafts wait already. Please hand some of them in, or throw them away.")
    proposal = Proposal(
        programme_id=programme_id, key=key, author_id=viewer.id, made_at=node.clock.now(),
        **asdict(idea),
    )  # fmt: skip
    session.add(proposal)
    session.flush()
    return proposal


def _check_open(node: Node, programme: Programme, viewer: Viewer) -> None:
    phase = phase_of(programme, node.clock.now())
    if phase == DRAFT:
        raise NotFound("There is no such programme.")
    if phase != IDEAS:
        raise Refused("The time for new ideas is over. Thank you all the same!")
    if programme.proposers == CHECKED and not viewer.checked:
        raise Refused("Please confirm your e-mail address first; then you can propose.")


def _check(programme: Programme, idea: Idea) -> None:
    idea.check(
        smallest=programme.smallest, largest=programme.largest,
        categories=listed(programme.categories),
    )  # fmt: skip


def _count(session: Session, programme_id: int, person_id: int, states: tuple[str, ...]) -> int:
    mine = (Proposal.programme_id == programme_id, Proposal.author_id == person_id)
    query = select(func.count()).where(*mine, Proposal.state.in_(states))
    return session.scalar(query) or 0


def own(session: Session, proposal_id: int, person_id: int) -> tuple[Programme, Proposal]:
    """Return a person's own proposal, held; Forbidden for others, NotFound for others' drafts."""
    programme, proposal = locked_proposal(session, proposal_id)
    if proposal.author_id != person_id:
        if proposal.state == DRAFT:
            raise NotFound("There is no such proposal.")
        raise Forbidden("Only the author of a proposal can do this.")
    if proposal.hidden_at is not None:
        raise Refused("This cannot be shown now.")
    return programme, proposal


def revise(
    node: Node, session: Session, proposal_id: int, idea: Idea, *, version: int, person_id: int
) -> None:
    """Change what a proposal says. What was handed in keeps all its versions; one that was found
    not feasible is looked at once more."""
    programme, proposal = own(session, proposal_id, person_id)
    if proposal.version != version:
        raise Refused("This was changed in another window. Please look at it again.")
    phase = phase_of(programme, node.clock.now())
    if not may_write(proposal.state, phase, answered=proposal.answered_at is not None):
        raise Refused("A proposal can only be changed as long as ideas are awaited.")
    _check(programme, idea)
    if all(getattr(proposal, name) == value for name, value in asdict(idea).items()):
        return
    for name, value in asdict(idea).items():
        setattr(proposal, name, value)
    if proposal.state == UNFIT:
        proposal.state, proposal.answered_at = PROPOSED, node.clock.now()
        title = Message("“%(title)s” was revised after the review", {"title": proposal.title})
        tell_reviewers(node, session, proposal, title, proposal.summary, key="revised")
    proposal.version += 1
    if proposal.state != DRAFT:
        add_version(node, session, proposal)
    changed(session, proposal)
    record(node, session, "changed", PROPOSAL, proposal.id, person_id, version=proposal.version)


def add_version(node: Node, session: Session, proposal: Proposal) -> None:
    """Keep what a proposal says now."""
    names = ("title", "summary", "why", "place", "asked", "asked_for", "category")
    said = {name: getattr(proposal, name) for name in names}
    session.add(
        ProposalVersion(
            proposal_id=proposal.id, number=proposal.version, at=node.clock.now(), **said
        )
    )


def hand_in(node: Node, session: Session, proposal_id: int, *, viewer: Viewer) -> None:
    """Let everyone see a draft; refused beyond the number that one person may propose."""
    programme, proposal = own(session, proposal_id, viewer.id)
    if proposal.state != DRAFT:
        return
    _check_open(node, programme, viewer)
    if _count(session, programme.id, viewer.id, STANDING) >= programme.per_person:
        raise Refused(
            "Each person proposes at most %(most)s ideas here. You can take one back first.",
            most=programme.per_person,
        )
    proposal.state, proposal.proposed_at = PROPOSED, node.clock.now()
    add_version(node, session, proposal)
    changed(session, proposal)
    follows.follow(session, viewer.id, subject_of(PROGRAMME, programme.id), at=node.clock.now())
    title = Message("A new proposal: %(title)s", {"title": proposal.title})
    tell_reviewers(node, session, proposal, title, proposal.summary, key="proposed", but=viewer.id)
    record(node, session, "proposed", PROPOSAL, proposal.id, viewer.id)


def withdraw(node: Node, session: Session, proposal_id: int, *, person_id: int) -> None:
    """Take a proposal back before the list is frozen; a draft is thrown away."""
    programme, proposal = own(session, proposal_id, person_id)
    if proposal.state == WITHDRAWN:
        return
    if programme.phase in FROZEN or proposal.state not in (DRAFT, *STANDING):
        raise Refused("The list is frozen, so this stays as it is.")
    end_mergings(node, session, proposal.id)
    if proposal.state == DRAFT:
        session.execute(delete(ProposalVersion).where(ProposalVersion.proposal_id == proposal.id))
        session.delete(proposal)
        session.flush()
        return
    proposal.state = WITHDRAWN
    changed(session, proposal)
    record(node, session, "withdrawn", PROPOSAL, proposal.id, person_id)


def end_mergings(node: Node, session: Session, proposal_id: int) -> None:
    """End what was suggested and cannot be any more because this proposal goes another way."""
    parts = select(MergePart.merging_id).where(MergePart.proposal_id == proposal_id)
    for merging in session.scalars(
        select(Merging).where(Merging.id.in_(parts), Merging.ended_at.is_(None))
    ).all():
        merging.ended_at = node.clock.now()


def set_picture(
    node: Node, session: Session, proposal_id: int, prepared: pictures.Prepared, *, caption: str,
    person_id: int,
) -> None:  # fmt: skip
    """Give a proposal a picture, described for those who do not see it."""
    programme, proposal = own(session, proposal_id, person_id)
    phase = phase_of(programme, node.clock.now())
    if not may_write(proposal.state, phase, answered=proposal.answered_at is not None):
        raise Refused("A proposal can only be changed as long as ideas are awaited.")
    now = node.clock.now()
    picture = pictures.keep(session, node, prepared, caption=caption, owner_id=person_id, at=now)
    proposal.picture_id = picture.id
    changed(session, proposal)
