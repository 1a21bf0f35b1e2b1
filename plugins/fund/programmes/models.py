"""Calls for ideas, the proposals made to them, and what is said about these."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Programme(Base):
    """A call for ideas with its money (won), its rules, and the first instant after each phase.

    The money comes out of the area ``earmark_id``, None: out of what is free. ``decision`` says
    beforehand who decides, "vote" or "committee". ``phase`` only moves on; ``categories`` and
    ``places`` are parted by line breaks. ``decided_by`` is "vote:3", or "hand" with its reason.
    """

    __tablename__ = "fund_programme"
    __table_args__ = (
        CheckConstraint("money > 0", name="money"),
        CheckConstraint("smallest > 0 AND smallest <= largest AND largest <= money", name="cost"),
        CheckConstraint("decision IN ('vote', 'committee')", name="decision"),
        CheckConstraint(
            "phase IN ('draft', 'ideas', 'review', 'deliberation', 'vote', 'carrying', 'closed')",
            name="phase",
        ),
        Index("ix_fund_programme_phase_id", "phase", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(200))
    story: Mapped[str] = mapped_column(Text)
    rules: Mapped[str] = mapped_column(Text)
    money: Mapped[int]
    earmark_id: Mapped[int | None] = mapped_column(ForeignKey("fund_earmark.id"))
    smallest: Mapped[int]
    largest: Mapped[int]
    proposers: Mapped[str] = mapped_column(String(10))
    per_person: Mapped[int] = mapped_column(default=3)
    decision: Mapped[str] = mapped_column(String(10), default="vote")
    categories: Mapped[str] = mapped_column(String(400))
    places: Mapped[str] = mapped_column(String(400), default="")
    ideas_end: Mapped[datetime]
    review_end: Mapped[datetime]
    deliberation_end: Mapped[datetime]
    vote_end: Mapped[datetime]
    carrying_end: Mapped[datetime]
    phase: Mapped[str] = mapped_column(String(12), default="draft")
    version: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(String(60), default="")
    decided_why: Mapped[str] = mapped_column(Text, default="")


class PhaseStep(Base):
    """That a programme came into a phase: by its date, or by hand with a reason."""

    __tablename__ = "fund_phase_step"
    __table_args__ = (UniqueConstraint("programme_id", "phase"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("fund_programme.id"))
    phase: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text, default="")


class Proposal(Base):
    """An idea for a programme, as its newest version says it.

    ``asked`` is what its author thinks it costs, ``cost`` what the review found (won).
    ``merged_into_id`` names the proposal that it became a part of. ``author_id`` is empty once they
    have left; ``key`` makes a form sent twice one.
    """

    __tablename__ = "fund_proposal"
    __table_args__ = (
        UniqueConstraint("programme_id", "key"),
        CheckConstraint("asked > 0", name="asked"),
        CheckConstraint("cost IS NULL OR cost > 0", name="cost"),
        CheckConstraint(
            "state IN ('draft', 'proposed', 'feasible', 'refused', 'merged', 'withdrawn',"
            " 'chosen', 'not_chosen')",
            name="state",
        ),
        Index("ix_fund_proposal_programme_id_state_id", "programme_id", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("fund_programme.id"))
    key: Mapped[str] = mapped_column(String(60))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    state: Mapped[str] = mapped_column(String(12), default="draft")
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(200))
    why: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(String(120), default="")
    asked: Mapped[int]
    asked_for: Mapped[str] = mapped_column(Text, default="")
    category: Mapped[str] = mapped_column(String(40))
    version: Mapped[int] = mapped_column(default=1)
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("core_picture.id"))
    cost: Mapped[int | None]
    review: Mapped[str] = mapped_column(Text, default="")
    reviewed_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("fund_proposal.id"), index=True)
    made_at: Mapped[datetime]
    proposed_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]


class ProposalVersion(Base):
    """What a proposal said in one of its versions; everybody can see what changed."""

    __tablename__ = "fund_proposal_version"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("fund_proposal.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(200))
    why: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(String(120), default="")
    asked: Mapped[int]
    asked_for: Mapped[str] = mapped_column(Text, default="")
    category: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]


class Support(Base):
    """One member's sympathy with a proposal: a sign, not a vote."""

    __tablename__ = "fund_support"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("fund_proposal.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("core_person.id"), primary_key=True, index=True
    )
    at: Mapped[datetime]


class ProposalQuestion(Base):
    """A public question under a proposal, and its author's answer."""

    __tablename__ = "fund_proposal_question"
    __table_args__ = (
        UniqueConstraint("proposal_id", "key"),
        Index("ix_fund_proposal_question_proposal_id_id", "proposal_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("fund_proposal.id"))
    key: Mapped[str] = mapped_column(String(60))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]


class Merging(Base):
    """A suggestion to make one proposal of several; done once all their authors agree."""

    __tablename__ = "fund_merging"
    __table_args__ = (UniqueConstraint("programme_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("fund_programme.id"))
    key: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(200))
    asked: Mapped[int]
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("fund_proposal.id"))


class MergePart(Base):
    """A proposal that is to be merged; ``agreed_at``: when its author agreed."""

    __tablename__ = "fund_merge_part"

    merging_id: Mapped[int] = mapped_column(ForeignKey("fund_merging.id"), primary_key=True)
    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("fund_proposal.id"), primary_key=True, index=True
    )
    agreed_at: Mapped[datetime | None]


class BallotLine(Base):
    """A proposal as it stood when the list was frozen; never changed after."""

    __tablename__ = "fund_ballot_line"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("fund_proposal.id"), primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("fund_programme.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(200))
    category: Mapped[str] = mapped_column(String(40))
    cost: Mapped[int]
