"""What came of each product, and goods that move from one hub to another."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Receipt(Base):
    """How many units of a product came to a cycle; ``ordered`` is what was asked for then.

    ``shared_at``: when a shortage was shared among those who ordered it, by the rule in
    ``rules.share_out`` with ``seed`` deciding who gets what cannot be divided.
    """

    __tablename__ = "assembly_receipt"
    __table_args__ = (CheckConstraint("ordered >= 0 AND came >= 0", name="units"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("assembly_cycle.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("market_product.id"), primary_key=True)
    seller_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
    ordered: Mapped[int]
    came: Mapped[int]
    seed: Mapped[str] = mapped_column(String(64), default="")
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    shared_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class TransferNote(Base):
    """Goods that go from one hub of a cycle to another, with a note that both sides sign."""

    __tablename__ = "assembly_transfer_note"
    __table_args__ = (
        CheckConstraint("from_hub_id <> to_hub_id", name="hubs"),
        CheckConstraint("state IN ('draft', 'sent', 'received')", name="state"),
        Index("ix_assembly_transfer_note_cycle_id_id", "cycle_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(30), unique=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("assembly_cycle.id"))
    from_hub_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
    to_hub_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
    state: Mapped[str] = mapped_column(String(10), default="draft")
    made_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    received_at: Mapped[datetime | None]
    received_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    remark: Mapped[str] = mapped_column(String(300), default="")
    version: Mapped[int] = mapped_column(default=1)


class TransferLine(Base):
    """So many units of a product on a transfer note; ``received`` is what arrived of them."""

    __tablename__ = "assembly_transfer_line"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("received >= 0 AND received <= quantity", name="received"),
    )

    note_id: Mapped[int] = mapped_column(ForeignKey("assembly_transfer_note.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("market_product.id"), primary_key=True)
    product_name: Mapped[str] = mapped_column(String(80))
    unit_label: Mapped[str] = mapped_column(String(40))
    seller_name: Mapped[str] = mapped_column(String(120))
    quantity: Mapped[int]
    received: Mapped[int | None]
