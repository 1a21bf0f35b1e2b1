"""What moves the mirror account of another node, and the statements of each month."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Booking(Base):
    """One economic event between two nodes, known to both by the same ``event_id``.

    ``amount`` won are what this node owes the other one more by it (below 0: less), so that it is
    the opposite in the other's book. ``at`` is the event's own time, equal on both sides, which
    says to which month it belongs. ``state``: "booked" stands in the ledger, "waiting" is a
    payment that the receiver has not confirmed, "refused" was not agreed to. ``made_here``: this
    node has said it. ``reference`` is what the bank's statement says of a payment.
    ``problem``: a person has to look at it, since the other node has not heard what was said of it.
    """

    __tablename__ = "trade_booking"
    __table_args__ = (
        CheckConstraint("kind IN ('settlement', 'correction', 'payment')", name="kind"),
        CheckConstraint("state IN ('booked', 'waiting', 'refused')", name="state"),
        Index("ix_trade_booking_host_at", "host", "at"),
        Index("ix_trade_booking_order_id", "order_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(String(300), unique=True)
    host: Mapped[str] = mapped_column(String(260))
    kind: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(10))
    made_here: Mapped[bool]
    amount: Mapped[int] = mapped_column(BigInteger)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("trade_order.id"))
    space_id: Mapped[int | None] = mapped_column(ForeignKey("core_space.id"))
    corrects: Mapped[str] = mapped_column(String(300), default="")
    reference: Mapped[str] = mapped_column(String(100), default="")
    reason: Mapped[str] = mapped_column(String(200), default="")
    problem: Mapped[str] = mapped_column(String(300), default="")
    key: Mapped[str | None] = mapped_column(String(120), unique=True)
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    at: Mapped[datetime]
    made_at: Mapped[datetime]


class NettingStatement(Base):
    """What one month moved between two nodes, said by one of them and answered by the other.

    ``opening`` and ``closing`` are what this node owes the other one; ``events`` are pairs of
    event id and won. ``made_here``: it is ours; of one month's statements the last ``number``
    counts. ``differing``: the ids that the other side knows otherwise.
    """

    __tablename__ = "trade_statement"
    __table_args__ = (
        UniqueConstraint("host", "month", "made_here", "number"),
        CheckConstraint("state IN ('sent', 'accepted', 'rejected')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uri: Mapped[str] = mapped_column(String(300), unique=True)
    host: Mapped[str] = mapped_column(String(260))
    month: Mapped[str] = mapped_column(String(7))
    number: Mapped[int]
    made_here: Mapped[bool]
    state: Mapped[str] = mapped_column(String(10))
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    opening: Mapped[int] = mapped_column(BigInteger)
    closing: Mapped[int] = mapped_column(BigInteger)
    events: Mapped[list[Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    differing: Mapped[list[Any]] = mapped_column(JSON)
    made_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
