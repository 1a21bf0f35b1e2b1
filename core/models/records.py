"""What is kept beside the people and spaces: pictures and the audit log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base


class Picture(Base):
    """A picture as it was re-encoded; its files are named by ``digest`` in the media folder.

    Two people who bring the same picture each have their own row, and share the files.
    """

    __tablename__ = "core_picture"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    width: Mapped[int]
    height: Mapped[int]
    caption: Mapped[str] = mapped_column(String(200), default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    created_at: Mapped[datetime]


class AuditRecord(Base):
    """Who did what to what, and when; never changed."""

    __tablename__ = "core_audit"
    __table_args__ = (Index("ix_core_audit_subject", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    action: Mapped[str] = mapped_column(String(60), index=True)
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
