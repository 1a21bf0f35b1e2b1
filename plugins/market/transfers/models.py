"""A bank's files and the deposits in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class BankFile(Base):
    """A bank's list of deposits as somebody handed it in; the same file is taken only once.

    ``rest`` says of each row that brought no deposit why: its line, the outcome, and a message.
    """

    __tablename__ = "market_bank_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    rows: Mapped[int]
    rest: Mapped[list[Any]] = mapped_column(JSON)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    at: Mapped[datetime]


class Deposit(Base):
    """One deposit of a bank's file.

    ``mark`` tells it from every other, so that overlapping files bring it once. ``state``:
    matched (to ``order_id``, booked), ambiguous or unmatched (waits for a person), given (booked to
    ``person_id`` by hand), left (belongs to nobody here). ``why`` is the reason, a message id with
    ``named``, its values. ``version`` rises with every decision and names its posting.
    """

    __tablename__ = "market_deposit"
    __table_args__ = (
        CheckConstraint(
            "state IN ('matched', 'ambiguous', 'unmatched', 'given', 'left')", name="state"
        ),
        CheckConstraint("amount > 0", name="amount"),
        Index("ix_market_deposit_file_id_line", "file_id", "line"),
        Index("ix_market_deposit_state_id", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("market_bank_file.id"))
    line: Mapped[int]
    mark: Mapped[str] = mapped_column(String(64), unique=True)
    at: Mapped[datetime]
    depositor: Mapped[str] = mapped_column(String(60))
    memo: Mapped[str] = mapped_column(String(120), default="")
    amount: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(12))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("market_order.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    decided_at: Mapped[datetime | None]
    why: Mapped[str] = mapped_column(String(200), default="")
    named: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    version: Mapped[int] = mapped_column(default=1)
