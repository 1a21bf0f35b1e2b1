"""What people and spaces say of themselves in the directory, and the area that the map shows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Listing(Base):
    """An entry of a person who wants to be found, or what a space says besides its page.

    ``lat`` and ``lon`` are in millionths of a degree (WGS 84) and stand with spaces alone: nobody's
    home is on the map. ``layer`` is "", "intimate", "civic" or "social".
    """

    __tablename__ = "locality_listing"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (space_id IS NULL)", name="one"),
        CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="position"),
        CheckConstraint("person_id IS NULL OR lat IS NULL", name="no_home"),
        Index("ix_locality_listing_name", "name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), unique=True)
    space_id: Mapped[int | None] = mapped_column(ForeignKey("core_space.id"), unique=True)
    name: Mapped[str] = mapped_column(String(60), default="")
    """How a person wants to be called here; empty with spaces."""
    words: Mapped[str] = mapped_column(String(600), default="")
    street: Mapped[str] = mapped_column(String(40), default="")
    lat: Mapped[int | None]
    lon: Mapped[int | None]
    layer: Mapped[str] = mapped_column(String(10), default="", index=True)
    listed_at: Mapped[datetime]
    hidden_at: Mapped[datetime | None]


class Need(Base):
    """Something that a listing offers or looks for: ``need`` is a word of ``rules.needs``."""

    __tablename__ = "locality_need"

    listing_id: Mapped[int] = mapped_column(ForeignKey("locality_listing.id"), primary_key=True)
    way: Mapped[str] = mapped_column(String(5), primary_key=True)
    need: Mapped[str] = mapped_column(String(12), primary_key=True, index=True)


class Area(Base):
    """The boundary of the neighbourhood as stewards brought it, checked and simplified; one row.

    ``shapes`` is JSON: a list of ``{"name", "rings"}`` with rings of [longitude, latitude].
    """

    __tablename__ = "locality_area"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    shapes: Mapped[str] = mapped_column(Text)
    remark: Mapped[str] = mapped_column(String(200), default="")
    set_at: Mapped[datetime]
    set_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
