"""Lenders, loans, who guarantees them, how they are to be paid back, and what was paid.

What is owed stands in the ledger: ``loan:<id>``. Plans and payments are only ever added to.
"""

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


class Lender(Base):
    """Who lends, by which entitlement, and on which terms (``rules.Lending``); rates in basis
    points a year. Nothing can be applied for before a steward has verified it."""

    __tablename__ = "fund_lender"
    __table_args__ = (
        CheckConstraint("rate_bp BETWEEN 0 AND 2000 AND late_bp BETWEEN 0 AND 2000", name="cap"),
        CheckConstraint("kind <> 'social_coop' OR capital IS NOT NULL", name="capital"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20))
    number: Mapped[str] = mapped_column(String(120))
    contact: Mapped[str] = mapped_column(String(120))
    space_id: Mapped[int | None] = mapped_column(ForeignKey("core_space.id"))
    most: Mapped[int] = mapped_column(BigInteger)
    most_months: Mapped[int]
    rate_bp: Mapped[int]
    late_bp: Mapped[int]
    purposes: Mapped[str] = mapped_column(String(500))
    letter_days: Mapped[int]
    capital: Mapped[int | None] = mapped_column(BigInteger)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    made_at: Mapped[datetime]
    verified_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    verified_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class Loan(Base):
    """A loan from its draft on; ``state`` is one of ``rules.STATES``. Until it is approved the
    terms are those applied for. ``fee`` won count as interest. ``lost``: what was written off."""

    __tablename__ = "fund_loan"
    __table_args__ = (
        UniqueConstraint("person_id", "key"),
        CheckConstraint("amount > 0 AND grace >= 0 AND grace < months", name="terms"),
        CheckConstraint("rate_bp BETWEEN 0 AND 2000 AND late_bp BETWEEN 0 AND 2000", name="cap"),
        Index("ix_fund_loan_state_id", "state", "id"),
        Index("ix_fund_loan_lender_id_state", "lender_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    lender_id: Mapped[int] = mapped_column(ForeignKey("fund_lender.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    state: Mapped[str] = mapped_column(String(10))
    amount: Mapped[int] = mapped_column(BigInteger)
    months: Mapped[int]
    grace: Mapped[int]
    way: Mapped[str] = mapped_column(String(10))
    rate_bp: Mapped[int]
    late_bp: Mapped[int]
    fee: Mapped[int] = mapped_column(BigInteger, default=0)
    purpose: Mapped[str] = mapped_column(String(300))
    repay_how: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text, default="")
    key: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    agreed_at: Mapped[datetime | None]
    out_on: Mapped[date | None]
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    lost: Mapped[int] = mapped_column(BigInteger, default=0)


class Guarantor(Base):
    """A place for somebody who answers for a loan up to ``amount`` won: ``person_id`` is theirs
    once they have pressed themselves. ``paper_at``: their signature on paper was seen (Civil Act
    article 428-2: without it there is no guarantee)."""

    __tablename__ = "fund_loan_guarantor"
    __table_args__ = (
        UniqueConstraint("loan_id", "person_id"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("state IN ('asked', 'agreed', 'declined')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    loan_id: Mapped[int] = mapped_column(ForeignKey("fund_loan.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    amount: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(10))
    code: Mapped[str] = mapped_column(String(40), unique=True)
    made_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    paper_at: Mapped[datetime | None]


class Plan(Base):
    """How a loan is to be paid back from ``starts_on`` on; the highest version holds."""

    __tablename__ = "fund_loan_plan"
    __table_args__ = (UniqueConstraint("loan_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    loan_id: Mapped[int] = mapped_column(ForeignKey("fund_loan.id"))
    version: Mapped[int]
    starts_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(500))
    made_by: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    made_at: Mapped[datetime]


class Instalment(Base):
    """One line of a plan (``rules.Due``)."""

    __tablename__ = "fund_loan_instalment"

    plan_id: Mapped[int] = mapped_column(
        ForeignKey("fund_loan_plan.id"), primary_key=True, autoincrement=False
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    due_on: Mapped[date]
    interest: Mapped[int] = mapped_column(BigInteger)
    principal: Mapped[int] = mapped_column(BigInteger)


class Payment(Base):
    """What was paid under a plan; a payment taken back has a second row with the amounts below 0
    that names it in ``reverses_id``. ``is_early``: before time, without a fee."""

    __tablename__ = "fund_loan_payment"
    __table_args__ = (
        UniqueConstraint("loan_id", "key"),
        UniqueConstraint("reverses_id"),
        Index("ix_fund_loan_payment_loan_id_id", "loan_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    loan_id: Mapped[int] = mapped_column(ForeignKey("fund_loan.id"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("fund_loan_plan.id"))
    paid_on: Mapped[date]
    late: Mapped[int] = mapped_column(BigInteger)
    interest: Mapped[int] = mapped_column(BigInteger)
    principal: Mapped[int] = mapped_column(BigInteger)
    is_early: Mapped[bool] = mapped_column(default=False)
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("fund_loan_payment.id"))
    note: Mapped[str] = mapped_column(String(200), default="")
    key: Mapped[str] = mapped_column(String(80))
    made_by: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    made_at: Mapped[datetime]


class WriteOff(Base):
    """That a loan will not be paid back: asked for by one person with a reason, and done once two
    others have approved."""

    __tablename__ = "fund_loan_write_off"

    loan_id: Mapped[int] = mapped_column(
        ForeignKey("fund_loan.id"), primary_key=True, autoincrement=False
    )
    reason: Mapped[str] = mapped_column(String(500))
    asked_by: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    asked_at: Mapped[datetime]
    first_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    second_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    done_at: Mapped[datetime | None]
