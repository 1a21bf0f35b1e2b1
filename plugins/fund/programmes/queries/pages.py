"""What the pages of programmes and proposals show."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, case, func, select
from sqlalchemy.orm import Session, aliased

from .....core.errors import NotFound
from .....core.models import Person, Picture
from ..models import (
    MergePart,
    Merging,
    PhaseStep,
    Programme,
    Proposal,
    ProposalQuestion,
    ProposalVersion,
    Support,
)
from ..rules import CLOSED, DRAFT, SHOWN, STANDING, WITHDRAWN, place_for

AnyRow = Row[*tuple[Any, ...]]
SIZE = 12
MOST = 500
"""So many proposals of one programme are shuffled for a reader."""

_SUPPORTED = (
    select(func.count())
    .where(Support.proposal_id == Proposal.id)
    .correlate(Proposal)
    .scalar_subquery()
)
_ROWS: Select[Any] = (
    select(
        *Proposal.__table__.c,
        Programme.title.label("programme"),
        Programme.phase.label("programme_phase"),
        Person.name.label("author"),
        Picture.digest,
        Picture.width,
        Picture.height,
        Picture.caption,
        _SUPPORTED.label("supported"),
    )
    .join(Programme, Programme.id == Proposal.programme_id)
    .outerjoin(Person, Person.id == Proposal.author_id)
    .outerjoin(Picture, Picture.id == Proposal.picture_id)
)


def programmes(
    session: Session, *, over: bool, drafts: bool = False, before: int | None = None,
    limit: int = SIZE + 1,
) -> Sequence[Programme]:  # fmt: skip
    """Return the programmes that go on, or those that are ``over``, the newest first."""
    query = select(Programme).order_by(Programme.id.desc()).limit(limit)
    query = query.where(Programme.phase == CLOSED if over else Programme.phase != CLOSED)
    if not drafts:
        query = query.where(Programme.phase != DRAFT)
    return session.scalars(query if before is None else query.where(Programme.id < before)).all()


def counts(session: Session, programme_ids: Collection[int]) -> dict[int, int]:
    """Return how many proposals everyone sees in each of these programmes."""
    shown = (Proposal.state.in_(SHOWN), Proposal.state != "merged", Proposal.hidden_at.is_(None))
    rows = session.execute(
        select(Proposal.programme_id, func.count())
        .where(Proposal.programme_id.in_(programme_ids), *shown)
        .group_by(Proposal.programme_id)
    )
    return dict(rows.tuples().all())


def steps_of(session: Session, programme_id: int) -> Sequence[PhaseStep]:
    """Return how a programme came into its phases, in order."""
    query = select(PhaseStep).where(PhaseStep.programme_id == programme_id)
    return session.scalars(query.order_by(PhaseStep.id)).all()


def shuffled(
    session: Session, programme_id: int, reader: str, *, category: str = "", state: str = "",
    start: int = 0, limit: int = SIZE + 1,
) -> Sequence[AnyRow]:  # fmt: skip
    """Return what everyone sees in a programme, from the place ``start`` on, in the order that this
    reader always gets and that is another one for each: none is first for all."""
    query = select(Proposal.id).where(
        Proposal.programme_id == programme_id, Proposal.hidden_at.is_(None)
    )
    query = query.where(
        Proposal.state == state if state in SHOWN else Proposal.state.in_(set(SHOWN) - {"merged"})
    )
    if category:
        query = query.where(Proposal.category == category)
    ids = session.scalars(query.order_by(Proposal.id).limit(MOST)).all()
    ids = sorted(ids, key=lambda number: place_for(reader, number))[start : start + limit]
    rows = {row.id: row for row in session.execute(_ROWS.where(Proposal.id.in_(ids)))}
    return [rows[number] for number in ids if number in rows]


def comparison(session: Session, programme_id: int) -> Sequence[AnyRow]:
    """Return what can be compared, by its cost, the smallest first; at most 100."""
    feasible = Proposal.state.in_(("feasible", "chosen", "not_chosen"))
    query = _ROWS.where(
        Proposal.programme_id == programme_id, feasible, Proposal.hidden_at.is_(None)
    )
    return session.execute(query.order_by(Proposal.cost, Proposal.id).limit(100)).all()


def chosen(session: Session, programme_id: int) -> Sequence[AnyRow]:
    """Return what was chosen, in the order of the ids."""
    query = _ROWS.where(Proposal.programme_id == programme_id, Proposal.state == "chosen")
    return session.execute(query.order_by(Proposal.id).limit(100)).all()


def proposal_page(session: Session, proposal_id: int) -> AnyRow:
    """Return one proposal whatever its state; NotFound if there is none."""
    found: AnyRow | None = session.execute(_ROWS.where(Proposal.id == proposal_id)).one_or_none()
    if found is None:
        raise NotFound("There is no such proposal.")
    return found


def some_proposals(session: Session, ids: Collection[int]) -> Sequence[AnyRow]:
    """Return these proposals whatever their state."""
    return session.execute(_ROWS.where(Proposal.id.in_(ids)).order_by(Proposal.id)).all()


def is_public(row: AnyRow) -> bool:
    """Say whether everyone sees a proposal."""
    return row.state in SHOWN and row.hidden_at is None


def parents(session: Session, proposal_id: int) -> Sequence[AnyRow]:
    """Return the proposals of which this one was made."""
    return session.execute(
        _ROWS.where(Proposal.merged_into_id == proposal_id).order_by(Proposal.id)
    ).all()


def versions(session: Session, proposal_id: int) -> Sequence[ProposalVersion]:
    """Return all versions of a proposal, the newest first; at most 100."""
    query = select(ProposalVersion).where(ProposalVersion.proposal_id == proposal_id)
    return session.scalars(query.order_by(ProposalVersion.number.desc()).limit(100)).all()


def questions(
    session: Session, proposal_id: int, *, before: int | None = None, limit: int = 21
) -> Sequence[AnyRow]:
    """Return the questions under a proposal with the names of who asked, the newest first."""
    query = (
        select(*ProposalQuestion.__table__.c, Person.name)
        .outerjoin(Person, Person.id == ProposalQuestion.person_id)
        .where(ProposalQuestion.proposal_id == proposal_id, ProposalQuestion.hidden_at.is_(None))
        .order_by(ProposalQuestion.id.desc())
        .limit(limit)
    )
    return session.execute(
        query if before is None else query.where(ProposalQuestion.id < before)
    ).all()


def supports(session: Session, proposal_id: int, person_id: int) -> bool:
    """Say whether a person supports a proposal."""
    return session.get(Support, (proposal_id, person_id)) is not None


def mergings(session: Session, proposal_id: int) -> Sequence[AnyRow]:
    """Return what is suggested for this proposal now: the suggestion's id, title, summary, asked,
    and each part's ``part_id``, ``part``, ``author_id`` and ``agreed_at``."""
    here = aliased(MergePart)
    return session.execute(
        select(
            Merging.id, Merging.title, Merging.summary, Merging.asked, MergePart.agreed_at,
            Proposal.id.label("part_id"), Proposal.title.label("part"), Proposal.author_id,
        )
        .join(here, here.merging_id == Merging.id)
        .join(MergePart, MergePart.merging_id == Merging.id)
        .join(Proposal, Proposal.id == MergePart.proposal_id)
        .where(here.proposal_id == proposal_id, Merging.ended_at.is_(None))
        .order_by(Merging.id, Proposal.id)
        .limit(50)
    ).all()  # fmt: skip


def mergeable(session: Session, programme_id: int) -> Sequence[AnyRow]:
    """Return the proposals that could still be merged: id, title."""
    return session.execute(
        select(Proposal.id, Proposal.title)
        .where(
            Proposal.programme_id == programme_id, Proposal.hidden_at.is_(None),
            Proposal.state.in_(("proposed", "feasible")), Proposal.author_id.is_not(None),
        )
        .order_by(Proposal.title)
        .limit(200)
    ).all()  # fmt: skip


def to_review(session: Session, programme_id: int, *, after: int = 0) -> Sequence[AnyRow]:
    """Return the proposals of a programme that go their own way, what waits for review first."""
    query = _ROWS.where(Proposal.programme_id == programme_id, Proposal.state.in_(STANDING))
    query = query.where(Proposal.hidden_at.is_(None)).order_by(
        Proposal.state != "proposed", Proposal.id
    )
    return session.execute(query.offset(after).limit(51)).all()


def proposals_of(
    session: Session, person_id: int, *, programme_id: int | None = None, limit: int = 20
) -> Sequence[AnyRow]:
    """Return somebody's own proposals, the newest first."""
    query = _ROWS.where(Proposal.author_id == person_id, Proposal.state != WITHDRAWN)
    if programme_id is not None:
        query = query.where(Proposal.programme_id == programme_id)
    return session.execute(query.order_by(Proposal.id.desc()).limit(limit)).all()


def open_programmes(session: Session, now: datetime, limit: int) -> Sequence[Programme]:
    """Return the programmes in which everyone can do something now: what is voted on first, then
    what waits for ideas, then what is reviewed and talked over."""
    query = select(Programme).where(
        Programme.phase.in_(("ideas", "review", "deliberation", "vote")),
        Programme.vote_end > now,
    )
    first = case((Programme.phase == "vote", 0), (Programme.phase == "ideas", 1), else_=2)
    return session.scalars(query.order_by(first, Programme.id.desc()).limit(limit)).all()
