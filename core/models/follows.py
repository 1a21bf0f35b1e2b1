"""Who follows what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base


class Follow(Base):
    """A person who wants to be told what is new of ``subject`` ("space:7", "tag:감자")."""

    __tablename__ = "core_follow"
    __table_args__ = (Index("ix_core_follow_subject_person_id", "subject", "person_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), primary_key=True)
    subject: Mapped[str] = mapped_column(String(60), primary_key=True)
    since: Mapped[datetime]
