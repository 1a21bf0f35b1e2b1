"""What was settled, never changed: a round, the statement of each seller in it, and its lines."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Summed:
    """The sums of settled lines: what was paid, as ``exempt`` and ``taxed``, and its shares."""

    lines: Mapped[int]
    exempt: Mapped[int] = mapped_column(BigInteger)
    taxed: Mapped[int] = mapped_column(BigInteger)
    producer: Mapped[int] = mapped_column(BigInteger)
    activist: Mapped[int] = mapped_column(BigInteger)
    centre: Mapped[int] = mapped_column(BigInteger)


class SettledLine(Base):
    """A paid order line with its three shares, and what statements need to name it.

    ``quantity`` is what was delivered, ``paid`` what of the money was not given back. Round and
    seller are foreign keys of the statement that sums the lines up: to check them here again, line
    by line, would be most of what settling costs on PostgreSQL.
    """

    __tablename__ = "assembly_settled_line"
    __table_args__ = (
        CheckConstraint("paid = producer + activist + centre", name="shares"),
        CheckConstraint("paid > 0 AND activist >= 0 AND centre >= 0", name="paid"),
        # Holds all that sums are made of: reports over a million lines read nothing else.
        Index(
            "ix_assembly_settled_line_sums",
            *("cycle_id", "seller_id", "product_id", "tax_class", "hub_id"),
            *("quantity", "paid", "producer", "activist", "centre"),
        ),
    )

    line_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    cycle_id: Mapped[int]
    seller_id: Mapped[int]
    seller_name: Mapped[str] = mapped_column(String(120))
    product_name: Mapped[str] = mapped_column(String(80))
    unit_label: Mapped[str] = mapped_column(String(40))
    quantity: Mapped[int]
    tax_class: Mapped[str] = mapped_column(String(10))
    paid: Mapped[int] = mapped_column(BigInteger)
    producer: Mapped[int] = mapped_column(BigInteger)
    activist: Mapped[int] = mapped_column(BigInteger)
    centre: Mapped[int] = mapped_column(BigInteger)
    hub_id: Mapped[int | None]
    order_id: Mapped[int | None]
    product_id: Mapped[int | None]


class Statement(Summed, Base):
    """The sums of one seller's lines in one round; what was paid is ``exempt`` plus ``taxed``."""

    __tablename__ = "assembly_statement"
    __table_args__ = (
        CheckConstraint("exempt + taxed = producer + activist + centre", name="shares"),
        Index("ix_assembly_statement_seller_id_cycle_id", "seller_id", "cycle_id"),
    )

    cycle_id: Mapped[int] = mapped_column(
        ForeignKey("assembly_cycle.id"), primary_key=True, autoincrement=False
    )
    seller_id: Mapped[int] = mapped_column(
        ForeignKey("core_space.id"), primary_key=True, autoincrement=False
    )
    seller_name: Mapped[str] = mapped_column(String(120))


class Settlement(Summed, Base):
    """A round's settlement with the sums of all its statements; its key lets it have only one."""

    __tablename__ = "assembly_settlement"
    __table_args__ = (
        CheckConstraint("exempt + taxed = producer + activist + centre", name="shares"),
        Index("ix_assembly_settlement_hub_id_cycle_id", "hub_id", "cycle_id"),
    )

    cycle_id: Mapped[int] = mapped_column(
        ForeignKey("assembly_cycle.id"), primary_key=True, autoincrement=False
    )
    hub_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
    hub_name: Mapped[str] = mapped_column(String(120))
    settled_at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))


class HubStatement(Summed, Base):
    """The sums of the lines that were collected at one hub of a round; its activist's statement."""

    __tablename__ = "assembly_hub_statement"
    __table_args__ = (
        CheckConstraint("exempt + taxed = producer + activist + centre", name="shares"),
        Index("ix_assembly_hub_statement_hub_id_cycle_id", "hub_id", "cycle_id"),
    )

    cycle_id: Mapped[int] = mapped_column(
        ForeignKey("assembly_cycle.id"), primary_key=True, autoincrement=False
    )
    hub_id: Mapped[int] = mapped_column(
        ForeignKey("core_space.id"), primary_key=True, autoincrement=False
    )
    hub_name: Mapped[str] = mapped_column(String(120))


class Correction(Base):
    """A part of a settled line that is taken back, with the shares that go back with it.

    All amounts are positive and mean what is taken off; ``at`` lies in a later period than the
    line's own, which never moves. Never changed; ``key`` lets the same request make it once.
    """

    __tablename__ = "assembly_correction"
    __table_args__ = (
        CheckConstraint("amount = producer + activist + centre", name="shares"),
        CheckConstraint("amount > 0", name="amount"),
        Index("ix_assembly_correction_line_id_id", "line_id", "id"),
        Index("ix_assembly_correction_seller_id_id", "seller_id", "id"),
        Index("ix_assembly_correction_cycle_id_id", "cycle_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    line_id: Mapped[int]
    cycle_id: Mapped[int]
    hub_id: Mapped[int]
    seller_id: Mapped[int]
    seller_name: Mapped[str] = mapped_column(String(120))
    product_name: Mapped[str] = mapped_column(String(80))
    tax_class: Mapped[str] = mapped_column(String(10))
    amount: Mapped[int] = mapped_column(BigInteger)
    producer: Mapped[int] = mapped_column(BigInteger)
    activist: Mapped[int] = mapped_column(BigInteger)
    centre: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(String(300))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    at: Mapped[datetime]
