"""Public pages, circles with their members, and who does not want to see whom."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Profile(Base):
    """A person's public page, which is there only because they opened it."""

    __tablename__ = "feed_profile"

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), primary_key=True)
    handle: Mapped[str] = mapped_column(String(30), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    words: Mapped[str] = mapped_column(String(500), default="")
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("core_picture.id"))
    opened_at: Mapped[datetime]
    hidden_at: Mapped[datetime | None]


class Circle(Base):
    """A few neighbours who write for each other."""

    __tablename__ = "feed_circle"
    __table_args__ = ({"sqlite_autoincrement": True},)  # a number names one circle for ever

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    words: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime]


class Membership(Base):
    """Somebody in a circle; ``accepted_at`` None: they are invited and have not said yes."""

    __tablename__ = "feed_membership"
    __table_args__ = (Index("ix_feed_membership_person_id", "person_id", "accepted_at"),)

    circle_id: Mapped[int] = mapped_column(
        ForeignKey("feed_circle.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), primary_key=True)
    invited_by: Mapped[int | None]
    invited_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]


class Tie(Base):
    """That a person wants to see less of another: ``kind`` is "mute" or "block"."""

    __tablename__ = "feed_tie"
    __table_args__ = (Index("ix_feed_tie_other_id", "other_id", "kind"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(5))
    at: Mapped[datetime]
