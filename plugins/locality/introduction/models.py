"""What the alliance says of itself: its charter and who agrees, and what it keeps in lists."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Charter(Base):
    """A version of the charter; the one in force is the last whose day has come.

    ``id`` counts the versions. What is in force, or was, is never changed.
    """

    __tablename__ = "locality_charter"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    changed: Mapped[str] = mapped_column(String(300), default="")
    in_force_on: Mapped[date] = mapped_column(index=True)
    written_at: Mapped[datetime]
    written_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))


class Agreement(Base):
    """That a person read a version of the charter and agreed; ended once by ``ended_at``."""

    __tablename__ = "locality_agreement"

    charter_id: Mapped[int] = mapped_column(ForeignKey("locality_charter.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("core_person.id"), primary_key=True, index=True
    )
    agreed_at: Mapped[datetime]
    language: Mapped[str] = mapped_column(String(8), default="")
    ended_at: Mapped[datetime | None]


class Term(Base):
    """Somebody's term of office in the alliance, in words; ``ends_on`` None: no end is set."""

    __tablename__ = "locality_term"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    role: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(String(300), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class Moment(Base):
    """Something of the alliance's history; ``precise`` is "day", "month" or "year"."""

    __tablename__ = "locality_moment"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(String(1_000), default="")
    day: Mapped[date] = mapped_column(index=True)
    precise: Mapped[str] = mapped_column(String(5), default="day")


class Partner(Base):
    """Somebody whom the alliance works with."""

    __tablename__ = "locality_partner"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(String(300), default="")
    url: Mapped[str] = mapped_column(String(300), default="")


class AllianceDocument(Base):
    """A document: a PDF kept by its digest, or a link to one elsewhere."""

    __tablename__ = "locality_document"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    day: Mapped[date]
    url: Mapped[str] = mapped_column(String(300), default="")
    digest: Mapped[str] = mapped_column(String(64), default="", index=True)
    size: Mapped[int] = mapped_column(default=0)
    added_at: Mapped[datetime]


class Edition(Base):
    """The page of blocks after one step of its making; the last row is what is worked on.

    ``follows`` is the row before it, each followed once, so that two who write at the same time do
    not overwrite each other. ``undoes`` is the row that an undo goes back to. ``blocks`` is JSON.
    ``published_at``: everyone sees it from then on; the last such row is shown.
    """

    __tablename__ = "locality_edition"

    id: Mapped[int] = mapped_column(primary_key=True)
    follows: Mapped[int] = mapped_column(unique=True)
    undoes: Mapped[int] = mapped_column(default=0)
    blocks: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    published_at: Mapped[datetime | None] = mapped_column(index=True)
