"""What money of the fund is set apart for; the won stand in the ledger alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, String, Text
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
