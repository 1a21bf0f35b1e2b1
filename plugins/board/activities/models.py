"""What is kept of activities: their words and pictures, what they said before, and questions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Activity(Base):
    """Something that an organisation does or did.

    A draft has no ``published_at``. ``withdrawn_at``: the organisation took it back; ``hidden_at``:
    a measure of the stewards keeps it from being seen.
    """

    __tablename__ = "board_activity"
    __table_args__ = (
        UniqueConstraint("space_id", "key"),
        Index("ix_board_activity_published_at_id", "published_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
    key: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    place: Mapped[str] = mapped_column(String(120), default="")
    together: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]


class ActivityPicture(Base):
    """A picture of an activity; the core's row says what is seen on it."""

    __tablename__ = "board_activity_picture"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("board_activity.id"), index=True)
    picture_id: Mapped[int] = mapped_column(ForeignKey("core_picture.id"))


class ActivityChange(Base):
    """What an activity said before it was changed."""

    __tablename__ = "board_activity_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("board_activity.id"), index=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    before: Mapped[dict[str, Any]] = mapped_column(JSON)


class Question(Base):
    """What a resident asks about an activity, and what the organisation answers."""

    __tablename__ = "board_question"
    __table_args__ = (UniqueConstraint("activity_id", "person_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("board_activity.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(String(1_000))
    at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(String(2_000), default="")
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    hidden_at: Mapped[datetime | None]
