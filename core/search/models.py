"""The index: what can be found by which marks, what waits to be read anew, and how far it is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base

_Marks = Text().with_variant(TSVECTOR(), "postgresql")


class Found(Base):
    """A thing that can be found: the ``item_id`` of a kind, by its marks and by nothing else.

    What it is called and who may see it is read where it lives, each time it is shown. ``seal``
    tells whether the marks are still the same. On SQLite they are looked up in the virtual table
    ``core_search_words`` beside this one.
    """

    __tablename__ = "core_search_found"
    __table_args__ = (
        UniqueConstraint("kind", "item_id"),
        # Without its list of what is new, which each question would read through.
        Index(
            "ix_core_search_found_marks",
            "marks",
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},
        ).ddl_if(dialect="postgresql"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    item_id: Mapped[int] = mapped_column(BigInteger)
    seal: Mapped[str] = mapped_column(String(32))
    marks: Mapped[str] = mapped_column(_Marks)


class Waiting(Base):
    """A thing that has changed, written in the transaction that changes it, gone once it is read
    anew."""

    __tablename__ = "core_search_waiting"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    item_id: Mapped[int] = mapped_column(BigInteger)


class Walk(Base):
    """How far all things of a kind have been read, in the order of their ids.

    ``ended_at`` is None while it goes on. ``edition`` is that of the marks that it makes.
    """

    __tablename__ = "core_search_walk"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    edition: Mapped[int]
    after: Mapped[int] = mapped_column(BigInteger)
    ended_at: Mapped[datetime | None]
