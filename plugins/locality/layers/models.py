"""What spaces made public, for counting by layer and month."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Published(Base):
    """That a space made something public at a time; what people publish is not kept here."""

    __tablename__ = "locality_published"
    __table_args__ = (Index("ix_locality_published_space_id_at", "space_id", "at"),)

    subject: Mapped[str] = mapped_column(String(60), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    space_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
    at: Mapped[datetime]
