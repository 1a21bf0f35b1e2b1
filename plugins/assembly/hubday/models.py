"""What phones sent of a day at the hub: each entry stands here once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Sent(Base):
    """An entry of a phone, written in the transaction in which it was done.

    ``uid`` was made on the phone, so that sending it again finds it here; ``digest`` is that of
    what was to be done. A conflict changed nothing else; ``problem`` is the sentence about it, as
    [text, values], and ``status`` its number. ``at`` is the node's time, ``device_at`` what the
    phone took the time to be.
    """

    __tablename__ = "assembly_sent"
    __table_args__ = (
        CheckConstraint("outcome IN ('applied', 'conflict')", name="outcome"),
        Index("ix_assembly_sent_cycle_id", "cycle_id"),
    )

    uid: Mapped[str] = mapped_column(String(36), primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("assembly_cycle.id"))
    order_id: Mapped[int] = mapped_column(ForeignKey("market_order.id"))
    actor_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    kind: Mapped[str] = mapped_column(String(10))
    digest: Mapped[str] = mapped_column(String(64))
    seen: Mapped[int | None]
    device_at: Mapped[str] = mapped_column(String(40), default="")
    at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(10), default="applied")
    status: Mapped[int] = mapped_column(default=200)
    problem: Mapped[list[Any] | None] = mapped_column(JSON)
