"""What was decided and is being carried out, step by step; the won stand in the ledger alone."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Undertaking(Base):
    """A project that is carried out with the money of its earmark.

    ``leader_id``, ``space_id``: who leads it, a person or an organisation's owners; any may be
    missing. ``ends_on`` is the last day of its steps and reports.
    """

    __tablename__ = "fund_undertaking"

    earmark_id: Mapped[int] = mapped_column(
        ForeignKey("fund_earmark.id"), primary_key=True, autoincrement=False
    )
    title: Mapped[str] = mapped_column(String(120))
    leader_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    space_id: Mapped[int | None] = mapped_column(ForeignKey("core_space.id"), index=True)
    begun_at: Mapped[datetime]
    ends_on: Mapped[date]
    ended_at: Mapped[datetime | None] = mapped_column(index=True)


class Milestone(Base):
    """A step of an undertaking: once it is accepted, ``amount`` won may be paid.

    ``evidence``, ``link`` and the picture are what the leader shows; ``asked``: what the treasurer
    wants to see more of: then ``shown_at`` is empty again.
    """

    __tablename__ = "fund_milestone"
    __table_args__ = (
        UniqueConstraint("earmark_id", "position"),
        CheckConstraint("amount > 0", name="amount"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    earmark_id: Mapped[int] = mapped_column(ForeignKey("fund_undertaking.earmark_id"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    amount: Mapped[int] = mapped_column(BigInteger)
    due_on: Mapped[date]
    evidence: Mapped[str] = mapped_column(Text, default="")
    link: Mapped[str] = mapped_column(String(300), default="")
    evidence_picture_id: Mapped[int | None] = mapped_column(ForeignKey("core_picture.id"))
    asked: Mapped[str] = mapped_column(String(500), default="")
    shown_at: Mapped[datetime | None]
    shown_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    accepted_at: Mapped[datetime | None]
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))


class CarryingReport(Base):
    """An account of how an undertaking goes, due on a day; ``given_at`` is empty until it is."""

    __tablename__ = "fund_carrying_report"
    __table_args__ = (
        UniqueConstraint("earmark_id", "due_on"),
        Index("ix_fund_carrying_report_given_at_due_on", "given_at", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    earmark_id: Mapped[int] = mapped_column(ForeignKey("fund_undertaking.earmark_id"))
    due_on: Mapped[date]
    text: Mapped[str] = mapped_column(Text, default="")
    given_at: Mapped[datetime | None]
    given_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))


class Override(Base):
    """That the rule was left aside once, and why; it stands for good.

    ``what``: pay_early (``amount`` won of a milestone before it is accepted), no_report (to end
    without), later (``day`` instead of ``was``).
    """

    __tablename__ = "fund_override"
    __table_args__ = (
        CheckConstraint("what IN ('pay_early', 'no_report', 'later')", name="what"),
        CheckConstraint("amount >= 0", name="amount"),
        UniqueConstraint("earmark_id", "key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    earmark_id: Mapped[int] = mapped_column(ForeignKey("fund_undertaking.earmark_id"))
    what: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(500))
    amount: Mapped[int] = mapped_column(BigInteger, default=0)
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("fund_milestone.id"))
    report_id: Mapped[int | None] = mapped_column(ForeignKey("fund_carrying_report.id"))
    was: Mapped[date | None]
    day: Mapped[date | None]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    key: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]


class Commitment(Base):
    """Money of an earmark that is promised for something ("claim:7") and not yet paid."""

    __tablename__ = "fund_commitment"
    __table_args__ = (CheckConstraint("amount > 0", name="amount"),)

    subject: Mapped[str] = mapped_column(String(60), primary_key=True)
    earmark_id: Mapped[int] = mapped_column(ForeignKey("fund_earmark.id"), index=True)
    amount: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
