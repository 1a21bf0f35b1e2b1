"""Imports: files that were read in, and what became of each of their rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Import(Base):
    """One file, read in one transaction; ``undone_at`` says that it was taken back."""

    __tablename__ = "market_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    file_name: Mapped[str] = mapped_column(String(200))
    seller_id: Mapped[int | None] = mapped_column(ForeignKey("core_space.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    at: Mapped[datetime]
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))


class ImportRow(Base):
    """What became of one row: ``outcome`` is made, changed, unchanged, repeated or refused.

    ``subject_id`` is the space or product concerned, without a foreign key: it may be removed when
    the import is undone. ``before`` and ``after`` hold the changed columns; ``notes`` are pairs of
    a message id and its values.
    """

    __tablename__ = "market_import_row"

    import_id: Mapped[int] = mapped_column(ForeignKey("market_import.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    outcome: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120), default="")
    incomplete: Mapped[bool] = mapped_column(default=False)
    notes: Mapped[list[Any]] = mapped_column(JSON, default=list)
    subject_id: Mapped[int | None]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
