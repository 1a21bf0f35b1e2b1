"""Where money is paid out to, and the runs in which it was."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Payee(Base):
    """The bank account of whoever a ledger account belongs to ("producer:12", "activist:5")."""

    __tablename__ = "assembly_payee"

    account: Mapped[str] = mapped_column(String(60), primary_key=True)
    bank: Mapped[str] = mapped_column(String(30))
    number: Mapped[str] = mapped_column(String(40))
    holder: Mapped[str] = mapped_column(String(60))
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))


class Payout(Base):
    """One run: all that was owed at a moment and can be paid, in one file for the bank."""

    __tablename__ = "assembly_payout"
    __table_args__ = (CheckConstraint("total > 0", name="total"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(30), unique=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    total: Mapped[int] = mapped_column(BigInteger)
    rows: Mapped[int]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    at: Mapped[datetime]


class PayoutRow(Base):
    """What a run pays to one account; ``posting`` is the key of its ledger posting.

    ``returned_at``: when the bank sent it back, which a reversal of the posting says in the books.
    """

    __tablename__ = "assembly_payout_row"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        Index("ix_assembly_payout_row_account_payout_id", "account", "payout_id"),
    )

    payout_id: Mapped[int] = mapped_column(ForeignKey("assembly_payout.id"), primary_key=True)
    account: Mapped[str] = mapped_column(String(60), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    bank: Mapped[str] = mapped_column(String(30))
    number: Mapped[str] = mapped_column(String(40))
    holder: Mapped[str] = mapped_column(String(60))
    amount: Mapped[int] = mapped_column(BigInteger)
    posting: Mapped[str] = mapped_column(String(120), unique=True)
    returned_at: Mapped[datetime | None]
