"""Who has an address for a calendar."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Calendar(Base):
    """The present address of a person's calendar, by its number; the address itself is not kept.

    ``number`` only rises, so that no earlier address comes back. ``ended_at``: none is in use.
    """

    __tablename__ = "market_calendar"

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), primary_key=True)
    number: Mapped[int]
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]
