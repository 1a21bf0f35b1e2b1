"""Issues of the paper, and when the next one goes out by itself."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Text
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Plan(Base):
    """Whether the paper goes out by itself, and when: ``weekday`` 0 is Monday, ``hour`` one of the
    day in the node's zone. ``next_at`` is the instant of the job that stands for it; any other job
    does nothing."""

    __tablename__ = "locality_paper_plan"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    by_itself: Mapped[bool]
    weekday: Mapped[int]
    hour: Mapped[int]
    next_at: Mapped[datetime | None]


class Issue(Base):
    """An issue, named by the Monday of its week; ``number`` counts those that went out.

    ``dropped`` and ``order`` hold the keys of items as stewards chose. ``content`` is what was in
    it when it went out, for ever; before that its items are read anew each time.
    """

    __tablename__ = "locality_paper_issue"

    id: Mapped[int] = mapped_column(primary_key=True)
    week: Mapped[date] = mapped_column(unique=True)
    number: Mapped[int | None] = mapped_column(unique=True)
    greeting: Mapped[str] = mapped_column(Text, default="")
    dropped: Mapped[list[str]] = mapped_column(JSON, default=list)
    order: Mapped[list[str]] = mapped_column(JSON, default=list)
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    out_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
