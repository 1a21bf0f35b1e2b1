"""Expense claims, their receipts, what was decided about them, and the runs that pay them."""

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


class ClaimRun(Base):
    """Approved claims that go to the bank in one file; ``paid_at`` once they were paid."""

    __tablename__ = "fund_claim_run"
    __table_args__ = (CheckConstraint("total > 0", name="total"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(30), unique=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    total: Mapped[int] = mapped_column(BigInteger)
    rows: Mapped[int]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    at: Mapped[datetime]
    paid_at: Mapped[datetime | None]


class Claim(Base):
    """What somebody paid for the fund, and wants back.

    ``state``: handed_in, asked, checked, approved, in_run, paid, refused, withdrawn, reversed.
    ``purpose`` is what the claimant wrote, ``wording`` what everyone reads once it is paid.
    ``sealed`` holds the bank account, encrypted; it is emptied some time after ``closed_at``.
    """

    __tablename__ = "fund_claim"
    __table_args__ = (
        UniqueConstraint("claimant_id", "key"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint(
            "state IN ('handed_in', 'asked', 'checked', 'approved', 'in_run', 'paid', 'refused',"
            " 'withdrawn', 'reversed')",
            name="state",
        ),
        CheckConstraint(
            "checked_by IS NULL OR approved_by IS NULL OR checked_by != approved_by",
            name="two_people",
        ),
        CheckConstraint(
            "claimant_id IS NULL OR (coalesce(checked_by, 0) != claimant_id"
            " AND coalesce(approved_by, 0) != claimant_id)",
            name="not_own",
        ),
        Index("ix_fund_claim_state_id", "state", "id"),
        Index("ix_fund_claim_earmark_id_state", "earmark_id", "state"),
        Index("ix_fund_claim_bought_on_amount", "bought_on", "amount"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    claimant_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    earmark_id: Mapped[int] = mapped_column(ForeignKey("fund_earmark.id"))
    purpose: Mapped[str] = mapped_column(String(120))
    wording: Mapped[str] = mapped_column(String(120), default="")
    amount: Mapped[int] = mapped_column(BigInteger)
    bought_on: Mapped[date]
    seller: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(500), default="")
    sealed: Mapped[str] = mapped_column(Text, default="")
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    run_id: Mapped[int | None] = mapped_column(ForeignKey("fund_claim_run.id"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime] = mapped_column(index=True)
    paid_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None] = mapped_column(index=True)


class ClaimReceipt(Base):
    """A photograph of a receipt; ``digest`` tells when the same one is brought twice."""

    __tablename__ = "fund_claim_receipt"

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("fund_claim.id"), index=True)
    picture_id: Mapped[int] = mapped_column(ForeignKey("core_picture.id"))
    digest: Mapped[str] = mapped_column(String(64), index=True)


class ClaimStep(Base):
    """What was done with a claim, by whom, and what was said; it stands for good."""

    __tablename__ = "fund_claim_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("fund_claim.id"), index=True)
    what: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(String(500), default="")
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    at: Mapped[datetime]
