"""What money of the fund is set apart for; the won stand in the ledger alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Earmark(Base):
    """An area, or a project that was decided on: then ``subject`` names it ("proposal:3").

    ``key`` is that of the form or the decision that made it, so that it is made once.
    """

    __tablename__ = "fund_earmark"
    __table_args__ = (CheckConstraint("kind IN ('area', 'project')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120))
    purpose: Mapped[str] = mapped_column(Text, default="")
    subject: Mapped[str] = mapped_column(String(60), default="", index=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    made_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Moved(Base):
    """What a posting of the ledger is to the fund: ``way`` and ``kind`` as in ``rules``; never
    changed."""

    __tablename__ = "fund_moved"
    __table_args__ = (CheckConstraint("way IN ('in', 'out', 'apart')", name="way"),)

    posting: Mapped[str] = mapped_column(String(120), primary_key=True)
    way: Mapped[str] = mapped_column(String(5))
    kind: Mapped[str] = mapped_column(String(12))


class MonthSum(Base):
    """What the entries of a month came to, kept in step with each posting.

    ``month`` is 202612 for December 2026 in the node's time zone, ``earmark_id`` 0 for free money.
    ``amount`` is above 0 where the account gained, ``entries`` how many entries it sums.
    """

    __tablename__ = "fund_month_sum"

    month: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    earmark_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    way: Mapped[str] = mapped_column(String(5), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    amount: Mapped[int] = mapped_column(BigInteger)
    entries: Mapped[int]
