"""Votes on what the fund's money is for: their terms, the roll, the urn, and the result.

Nothing joins roll and ballots. The roll says who has voted, without a time; the urn is one sealed
text for each vote, rewritten as a whole by every ballot (see ``rules.urn``).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Vote(Base):
    """A vote of a programme. From ``frozen_at`` on the database lets nothing of its terms change.

    ``commitment`` is the SHA-256 of the seed of the lots, published when it is frozen; ``seed`` is
    sealed with the node's secret until the vote is counted. ``rules`` is the text of its rules by
    language (JSON). ``bound_at``: its result was put into effect.
    """

    __tablename__ = "fund_vote"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'open', 'counting', 'closed')", name="state"),
        CheckConstraint("form IN ('approval', 'limited', 'knapsack', 'ranking')", name="form"),
        CheckConstraint("rule IN ('equal-shares', 'greedy')", name="rule"),
        CheckConstraint("electorate IN ('members', 'neighbours', 'roll')", name="electorate"),
        CheckConstraint("quorum_kind IN ('none', 'number', 'permille')", name="quorum_kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("fund_programme.id"), index=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    form: Mapped[str] = mapped_column(String(10))
    least: Mapped[int] = mapped_column(default=0)
    most: Mapped[int] = mapped_column(default=0)
    rule: Mapped[str] = mapped_column(String(12))
    step: Mapped[int]
    support: Mapped[int | None]
    budget: Mapped[int] = mapped_column(BigInteger, default=0)
    electorate: Mapped[str] = mapped_column(String(10))
    age: Mapped[str] = mapped_column(String(60), default="")
    quorum_kind: Mapped[str] = mapped_column(String(10))
    quorum: Mapped[int] = mapped_column(default=0)
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    roll_size: Mapped[int] = mapped_column(default=0)
    rules: Mapped[str] = mapped_column(Text, default="")
    commitment: Mapped[str] = mapped_column(String(64), default="")
    frozen_at: Mapped[datetime | None]
    seed: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default="draft")
    bound_at: Mapped[datetime | None]


class Option(Base):
    """A project on the ballot, as it stood when the vote was frozen; ``cost`` in won."""

    __tablename__ = "fund_vote_option"
    __table_args__ = (CheckConstraint("cost > 0", name="cost"),)

    vote_id: Mapped[int] = mapped_column(ForeignKey("fund_vote.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("fund_proposal.id"))
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text, default="")
    cost: Mapped[int] = mapped_column(BigInteger)


class Voter(Base):
    """One who may vote: a member, a name for the desk, or a code; and whether they have.

    No time stands here, and nothing of what they chose.
    """

    __tablename__ = "fund_vote_roll"
    __table_args__ = (
        Index("uq_fund_vote_roll_vote_id_person_id", "vote_id", "person_id", unique=True),
        Index("ix_fund_vote_roll_vote_id_name", "vote_id", "name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("fund_vote.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    name: Mapped[str] = mapped_column(String(60), default="")
    code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    voted: Mapped[bool] = mapped_column(default=False)


class Urn(Base):
    """The ballots of a vote as one sealed text; emptied once the count stands."""

    __tablename__ = "fund_vote_urn"

    vote_id: Mapped[int] = mapped_column(
        ForeignKey("fund_vote.id"), primary_key=True, autoincrement=False
    )
    sealed: Mapped[str] = mapped_column(Text)


class DeskCount(Base):
    """How many an officer of a desk has ticked off, and how many paper ballots they entered without
    a code and with one; neither which nor when."""

    __tablename__ = "fund_vote_desk"

    vote_id: Mapped[int] = mapped_column(ForeignKey("fund_vote.id"), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), primary_key=True)
    ticked: Mapped[int] = mapped_column(default=0)
    loose: Mapped[int] = mapped_column(default=0)
    by_code: Mapped[int] = mapped_column(default=0)


class Result(Base):
    """What a vote came to; never changed. ``ballots`` is Pabulib's file with all of them (empty
    where there were too few to show any), ``shares`` and ``greedy`` what each rule gives, as
    ``wizzle fund count`` prints it, and ``shown`` the same for the page (JSON)."""

    __tablename__ = "fund_vote_result"

    vote_id: Mapped[int] = mapped_column(
        ForeignKey("fund_vote.id"), primary_key=True, autoincrement=False
    )
    seed: Mapped[str] = mapped_column(String(80))
    ballots: Mapped[str] = mapped_column(Text)
    shares: Mapped[str] = mapped_column(Text)
    greedy: Mapped[str] = mapped_column(Text)
    shown: Mapped[str] = mapped_column(Text)
    counted_at: Mapped[datetime]
