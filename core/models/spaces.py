"""Spaces: pages that people run together."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base


class Space(Base):
    """A hub, producer, shop, organisation or circle; people run it by their roles in it.

    The seller's identity is shown before an order (E-Commerce Act articles 13 and 20 (2)).
    ``incomplete`` marks one whose place is not known yet. ``home`` is the address of the actor on
    another node for which the space stands here: it is run there, and by nobody here.
    ``hidden_at``: a measure of the stewards keeps it from being seen; it is closed meanwhile.
    """

    __tablename__ = "core_space"
    __table_args__ = (Index("ix_core_space_kind_name", "kind", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    province: Mapped[str] = mapped_column(String(40), default="")
    county: Mapped[str] = mapped_column(String(40), default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    representative: Mapped[str] = mapped_column(String(60), default="")
    business_number: Mapped[str] = mapped_column(String(12), default="")
    mail_order_number: Mapped[str] = mapped_column(String(60), default="")
    intro: Mapped[str] = mapped_column(Text, default="")
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("core_picture.id"))
    incomplete: Mapped[bool] = mapped_column(default=False)
    home: Mapped[str] = mapped_column(String(300), default="", server_default="")
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
