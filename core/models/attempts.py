"""What was tried how often: counters that hold across all processes of a node."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base


class Attempt(Base):
    """How often one thing was tried from one place in the window that ends at ``ends_at``.

    ``key`` is a hash, so that nobody can read from it who tried what.
    """

    __tablename__ = "core_attempt"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    hits: Mapped[int]
    ends_at: Mapped[datetime] = mapped_column(index=True)
