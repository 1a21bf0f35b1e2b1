"""What is kept of an organisation beside its page."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, deferred, mapped_column

from ....core.db import Base


class Organisation(Base):
    """What an organisation says of itself: ``form`` is one of ``rules.FORMS``, ``number`` its
    number in a register. ``books_open``: everyone may read its books, by its own choice."""

    __tablename__ = "board_organisation"

    space_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"), primary_key=True)
    form: Mapped[str] = mapped_column(String(20))
    number: Mapped[str] = mapped_column(String(40), default="")
    books_open: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]


class Verification(Base):
    """A steward has seen that an organisation is what it says; holds only for what was said then.

    A line is only ever added, and ended once by ``ended_at``.
    """

    __tablename__ = "board_verification"

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"), index=True)
    form: Mapped[str] = mapped_column(String(20))
    number: Mapped[str] = mapped_column(String(40))
    seen: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Teammate(Base):
    """Somebody whom an organisation wants to name with their task; shown once they agreed."""

    __tablename__ = "board_teammate"
    __table_args__ = (UniqueConstraint("space_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    task: Mapped[str] = mapped_column(String(60))
    asked_at: Mapped[datetime]
    agreed_at: Mapped[datetime | None]


class Paper(Base):
    """A PDF document as it was brought; ``content`` is read only when somebody asks for it."""

    __tablename__ = "board_paper"

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    created_at: Mapped[datetime]


class Report(Base):
    """An organisation's plan for a year, or its report on one; amounts are whole won.

    ``income`` and ``expense`` are planned or were counted, ``reached`` are people.
    """

    __tablename__ = "board_report"
    __table_args__ = (
        UniqueConstraint("space_id", "year", "kind"),
        CheckConstraint("kind IN ('plan', 'report')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
    year: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text, default="")
    income: Mapped[int | None] = mapped_column(BigInteger)
    expense: Mapped[int | None] = mapped_column(BigInteger)
    reached: Mapped[int | None]
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("board_paper.id"))
    version: Mapped[int] = mapped_column(default=1)
    published_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class Entry(Base):
    """Money that an organisation itself wrote down, above 0; the ledger holds its posting.

    Nothing of it is changed: one that is wrong is reversed, once, with the reason.
    """

    __tablename__ = "board_entry"
    __table_args__ = (
        UniqueConstraint("space_id", "key"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("kind IN ('income', 'expense')", name="kind"),
        CheckConstraint("holder IN ('bank', 'cash')", name="holder"),
        Index("ix_board_entry_posting", "posting", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
    key: Mapped[str] = mapped_column(String(80))
    posting: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(10))
    holder: Mapped[str] = mapped_column(String(10))
    amount: Mapped[int] = mapped_column(BigInteger)
    purpose: Mapped[str] = mapped_column(String(120))
    day: Mapped[date]
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("core_picture.id"))
    actor_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    at: Mapped[datetime]
    reversed_at: Mapped[datetime | None]
    reversed_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    reason: Mapped[str] = mapped_column(String(200), default="")
