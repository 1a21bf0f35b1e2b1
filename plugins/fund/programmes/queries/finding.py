"""Programmes and proposals for the search, for feeds and the calendar, and for the person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.answers import Happening, PersonalData
from .....core.documents import Document, Feed, FeedEntry, Searchable
from .....core.search import EVERYONE
from .....core.values import Message, Text
from ..models import Programme, Proposal, ProposalQuestion, Support
from ..rules import CLOSED, DRAFT, PROGRAMME, PROPOSAL, SHOWN
from .pages import is_public, some_proposals

_EVERYONE, _NOBODY = frozenset({EVERYONE}), frozenset[str]()


def _programmes(session: Session, ids: Collection[int]) -> Sequence[Document]:
    return [
        Document(
            row.id, row.title, f"/fund/programmes/{row.id}",
            _NOBODY if row.phase == DRAFT else _EVERYONE,
            text=f"{row.summary} {row.story} {row.rules}", about=(row.summary,),
            changed_at=row.published_at,
        )
        for row in session.scalars(select(Programme).where(Programme.id.in_(ids)))
    ]  # fmt: skip


def _programme_ids(session: Session, after: int, limit: int) -> Sequence[int]:
    query = select(Programme.id).where(Programme.id > after).order_by(Programme.id)
    return session.scalars(query.limit(limit)).all()


def _proposals(session: Session, ids: Collection[int]) -> Sequence[Document]:
    return [
        Document(
            row.id, row.title, f"/fund/proposals/{row.id}",
            _EVERYONE if is_public(row) else _NOBODY,
            text=f"{row.summary} {row.why} {row.place} {row.category}",
            about=(row.programme, row.summary), picture=row.digest, changed_at=row.proposed_at,
        )
        for row in some_proposals(session, ids)
    ]  # fmt: skip


def _proposal_ids(session: Session, after: int, limit: int) -> Sequence[int]:
    query = select(Proposal.id).where(Proposal.id > after).order_by(Proposal.id)
    return session.scalars(query.limit(limit)).all()


FOUND = (
    Searchable(
        PROGRAMME, Text("주민 제안 공모", "Calls for ideas"), _programmes, _programme_ids, 46
    ),
    Searchable(PROPOSAL, Text("주민 제안", "Proposals"), _proposals, _proposal_ids, order=47),
)
_NEW = Message("New proposal: %(title)s", {}).text


def _news(session: Session, limit: int) -> Sequence[FeedEntry]:
    rows = session.execute(
        select(Proposal.id, Proposal.title, Proposal.summary, Proposal.proposed_at)
        .where(Proposal.state.in_(SHOWN), Proposal.hidden_at.is_(None))
        .order_by(Proposal.proposed_at.desc(), Proposal.id.desc())
        .limit(limit)
    )
    return [
        FeedEntry(f"proposal-{row.id}", Message(_NEW, {"title": row.title}),
                  f"/fund/proposals/{row.id}", row.proposed_at, row.summary)
        for row in rows
    ]  # fmt: skip


NEWS = Feed("proposals", Text("주민 제안", "Proposals"), _news, order=46)
_IDEAS_END = Message("Last day for ideas: %(title)s", {}).text
_VOTE_ENDS = Message("Last day to decide: %(title)s", {}).text


def happenings(session: Session, since: datetime, until: datetime) -> Sequence[Happening]:
    """Return the last days for ideas and for the vote between two instants."""
    found = []
    kind = Message("Call for ideas", {})
    for column, words in ((Programme.ideas_end, _IDEAS_END), (Programme.vote_end, _VOTE_ENDS)):
        rows = session.execute(
            select(Programme.id, Programme.title, column)
            .where(Programme.phase.not_in((DRAFT, CLOSED)), column > since, column <= until)
            .order_by(column, Programme.id)
            .limit(50)
        )
        found += [
            Happening(
                Message(words, {"title": title}), kind, f"/fund/programmes/{number}",
                end - timedelta(minutes=1),
            )
            for number, title, end in rows
        ]  # fmt: skip
    return found


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return what a person proposed, supports and asked, for them to take along."""
    titles = (Proposal.title.label("proposal"),)
    proposed = (
        select(Programme.title.label("programme"), Proposal.title, Proposal.summary, Proposal.why,
               Proposal.place, Proposal.asked, Proposal.asked_for, Proposal.state,
               Proposal.answer, Proposal.made_at)
        .join(Programme, Programme.id == Proposal.programme_id)
        .where(Proposal.author_id == person_id)
        .order_by(Proposal.id)
    )  # fmt: skip
    supported = (
        select(*titles, Support.at)
        .join(Proposal, Proposal.id == Support.proposal_id)
        .where(Support.person_id == person_id)
        .order_by(Support.at)
    )
    asked = (
        select(*titles, ProposalQuestion.text, ProposalQuestion.at, ProposalQuestion.answer)
        .join(Proposal, Proposal.id == ProposalQuestion.proposal_id)
        .where(ProposalQuestion.person_id == person_id)
        .order_by(ProposalQuestion.id)
    )
    return PersonalData.read(
        session,
        {"proposals": proposed, "supported_proposals": supported, "proposal_questions": asked},
    )
