"""Shifts and who has taken a place in them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Shift(Base):
    """Something to be done at a hub between two times, by so many people."""

    __tablename__ = "assembly_shift"
    __table_args__ = (
        CheckConstraint("places BETWEEN 1 AND 99", name="places"),
        Index("ix_assembly_shift_hub_id_starts_at", "hub_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hub_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
    cycle_id: Mapped[int | None] = mapped_column(
        ForeignKey("assembly_cycle.id", ondelete="SET NULL"), index=True
    )
    title: Mapped[str] = mapped_column(String(80))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    places: Mapped[int] = mapped_column(default=1)
    remark: Mapped[str] = mapped_column(String(300), default="")
    called_off_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class Helper(Base):
    """Somebody's place in a shift; ``offered_at``: since when they look for someone to take it."""

    __tablename__ = "assembly_helper"
    __table_args__ = (UniqueConstraint("shift_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey("assembly_shift.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    taken_at: Mapped[datetime]
    offered_at: Mapped[datetime | None]
