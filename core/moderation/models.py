"""What people report, which measures were taken, and the appeals against them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base


class Measure(Base):
    """What was decided about a thing, and why; one that hides is ``standing`` until it ends.

    ``subject`` names the thing ("product:12"), ``title`` is what it was called. ``ends_at``: when
    it ends by itself. ``ended_by``: time, lift or appeal. ``text`` is for both sides only.
    """

    __tablename__ = "core_measure"
    __table_args__ = (
        CheckConstraint("kind IN ('none', 'note', 'hide', 'remove')", name="kind"),
        Index(
            "uq_core_measure_standing",
            "subject",
            unique=True,
            sqlite_where=text("standing = 1"),
            postgresql_where=text("standing"),
        ),
        Index("ix_core_measure_subject_id", "subject", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text, default="")
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    at: Mapped[datetime]
    standing: Mapped[bool] = mapped_column(default=False)
    ends_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(String(10), default="")
    ended_person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))


class Report(Base):
    """What somebody found wrong with a thing; open until a measure answers it.

    ``kind`` "deletion": they say that it infringes their own rights. Strangers leave a name and an
    address, to which the decision is sent.
    """

    __tablename__ = "core_report"
    __table_args__ = (
        CheckConstraint("kind IN ('report', 'deletion')", name="kind"),
        Index("ix_core_report_measure_id_due_at", "measure_id", "due_at"),
        Index("ix_core_report_subject_id", "subject", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    name: Mapped[str] = mapped_column(String(60), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    language: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("core_measure.id"))


class Appeal(Base):
    """What those who run a thing say against a measure; one for each measure.

    ``outcome``: upheld or overturned, empty until somebody else has decided.
    """

    __tablename__ = "core_appeal"

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("core_measure.id"), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    decided_at: Mapped[datetime | None] = mapped_column(index=True)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    outcome: Mapped[str] = mapped_column(String(10), default="")
    answer: Mapped[str] = mapped_column(Text, default="")
