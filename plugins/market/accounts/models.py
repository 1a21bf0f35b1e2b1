"""How orders were paid, what was given back, and the containers that carry a deposit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Container(Base):
    """A kind of box or bottle that comes back; ``deposit`` is the won that one of it costs."""

    __tablename__ = "market_container"
    __table_args__ = (CheckConstraint("deposit > 0", name="deposit"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    deposit: Mapped[int] = mapped_column(BigInteger)
    retired_at: Mapped[datetime | None]


class ContainerMove(Base):
    """Containers that a resident took (above 0) or brought back (below 0); never changed.

    ``deposit`` is the won of one container as it was taken: what is brought back is given back at
    the price at which it was taken, oldest first.
    """

    __tablename__ = "market_container_move"
    __table_args__ = (
        CheckConstraint("number <> 0", name="number"),
        Index("ix_market_container_move_person_id_container_id", "person_id", "container_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    container_id: Mapped[int] = mapped_column(ForeignKey("market_container.id"))
    host_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("market_order.id"))
    number: Mapped[int]
    deposit: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))


class Tender(Base):
    """What was taken for an order, and out of what: ``kind`` is cash, transfer or balance.

    ``refunded`` of it was given back the way it came.
    """

    __tablename__ = "market_tender"
    __table_args__ = (
        UniqueConstraint("order_id", "kind"),
        CheckConstraint("kind IN ('cash', 'transfer', 'balance')", name="kind"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("refunded >= 0 AND refunded <= amount", name="refunded"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("market_order.id"))
    kind: Mapped[str] = mapped_column(String(10))
    amount: Mapped[int] = mapped_column(BigInteger)
    refunded: Mapped[int] = mapped_column(BigInteger, default=0)
    at: Mapped[datetime]


class Refund(Base):
    """Money given back for a line, by whom and why, with what went back to each tender.

    Never changed; ``key`` lets the same request make it once.
    """

    __tablename__ = "market_refund"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint(
            "cash >= 0 AND transfer >= 0 AND balance >= 0 AND cash + transfer + balance = amount",
            name="tenders",
        ),
        Index("ix_market_refund_order_id_id", "order_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("market_order.id"))
    line_id: Mapped[int] = mapped_column(ForeignKey("market_order_line.id"))
    amount: Mapped[int] = mapped_column(BigInteger)
    cash: Mapped[int] = mapped_column(BigInteger, default=0)
    transfer: Mapped[int] = mapped_column(BigInteger, default=0)
    balance: Mapped[int] = mapped_column(BigInteger, default=0)
    reason: Mapped[str] = mapped_column(String(300))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    at: Mapped[datetime]


class CreditPayout(Base):
    """What a resident asked to have paid out of their credit: in cash at a hub, or by transfer.

    ``bank_account`` says where a transfer goes; it is emptied as soon as it was decided upon.
    """

    __tablename__ = "market_credit_payout"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("way IN ('cash', 'transfer')", name="way"),
        CheckConstraint("(way = 'cash') = (host_id IS NOT NULL)", name="host_id"),
        CheckConstraint("state IN ('asked', 'paid', 'cancelled')", name="state"),
        Index("ix_market_credit_payout_state_id", "state", "id"),
        Index("ix_market_credit_payout_person_id_id", "person_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    amount: Mapped[int] = mapped_column(BigInteger)
    way: Mapped[str] = mapped_column(String(10))
    host_id: Mapped[int | None] = mapped_column(ForeignKey("core_space.id"))
    bank_account: Mapped[str] = mapped_column(String(120), default="")
    state: Mapped[str] = mapped_column(String(10), default="asked")
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    reason: Mapped[str] = mapped_column(String(300), default="")
