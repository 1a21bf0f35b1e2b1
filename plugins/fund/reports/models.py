"""What is written about the books: the auditor's opinions, and what recounting them came to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Opinion(Base):
    """What the auditor says of a month (202612) or a year (2026), for everyone; never changed.

    The last one of a period is the one that holds. ``key`` is that of the form.
    """

    __tablename__ = "fund_opinion"
    __table_args__ = (Index("ix_fund_opinion_period_id", "period", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    period: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    key: Mapped[str] = mapped_column(String(80), unique=True)
    at: Mapped[datetime]


class Check(Base):
    """A recount of the whole ledger and of the month sums; ``wrong`` says, line by line, what did
    not hold, and is empty if all did."""

    __tablename__ = "fund_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    entries: Mapped[int]
    months: Mapped[int]
    wrong: Mapped[str] = mapped_column(Text)
