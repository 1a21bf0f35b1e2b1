"""Parts of town, who says to live where, and by whom that was confirmed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Quarter(Base):
    """A part of town (동) that one can choose; ``place`` orders them, None: no longer offered."""

    __tablename__ = "locality_quarter"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    place: Mapped[int | None]


class Neighbour(Base):
    """In which part of town a person says to live, and until when that is confirmed.

    ``asking`` is the seal of the code that the person shows to a neighbour until ``asking_until``.
    ``way`` is how it was confirmed: "neighbour", "activist" or "paper".
    """

    __tablename__ = "locality_neighbour"

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), primary_key=True)
    quarter_id: Mapped[int] = mapped_column(ForeignKey("locality_quarter.id"), index=True)
    chosen_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None] = mapped_column(index=True)
    way: Mapped[str] = mapped_column(String(12), default="")
    asking: Mapped[str | None] = mapped_column(String(64), unique=True)
    asking_until: Mapped[datetime | None]


class Vouching(Base):
    """That somebody confirmed somebody; kept as long as it holds, so that misuse can be undone."""

    __tablename__ = "locality_vouching"
    __table_args__ = (Index("ix_locality_vouching_by_id_at", "by_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    way: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(index=True)


class PaperCode(Base):
    """A code on paper, of which only the seal is kept; it works once."""

    __tablename__ = "locality_paper_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    seal: Mapped[str] = mapped_column(String(64), unique=True)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]
