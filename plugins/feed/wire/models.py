"""Who of us is known elsewhere, whom we follow there, and copies of what they made public."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Presence(Base):
    """Somebody of this node who has agreed that other nodes know their public page.

    ``mark`` is that of their handle, which stays when they have left, so that nobody else is ever
    called so; ``ended_at``: they have taken it back.
    """

    __tablename__ = "feed_presence"

    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    handle: Mapped[str] = mapped_column(String(30), default="")
    mark: Mapped[str] = mapped_column(String(64), unique=True)
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Neighbour(Base):
    """An actor of another node that people here follow, as the subject "actor:<id>".

    The node itself follows it, so that nobody there learns who of us reads it. ``state``: asked,
    accepted, refused or ended; ``request`` is the address of our Follow.
    """

    __tablename__ = "feed_neighbour"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'accepted', 'refused', 'ended')", name="state"),
        Index("ix_feed_neighbour_host", "host"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(500), unique=True)
    host: Mapped[str] = mapped_column(String(255))
    kind: Mapped[str] = mapped_column(String(20))
    handle: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(120))
    words: Mapped[str] = mapped_column(Text, default="")
    page: Mapped[str] = mapped_column(String(500))
    state: Mapped[str] = mapped_column(String(10))
    request: Mapped[str] = mapped_column(String(500), default="")
    asked_at: Mapped[datetime]

    @property
    def whole_name(self) -> str:
        """The name by which everyone finds it: @minji@wanju.example."""
        return f"@{self.handle}@{self.host}"


class Answer(Base):
    """Somebody here thanks for something elsewhere ("like"), or passes it on ("share").

    Only who is known elsewhere does so, as it carries their name there. ``uri`` is the address of
    what was said.
    """

    __tablename__ = "feed_answer"
    __table_args__ = (
        UniqueConstraint("person_id", "copy_id", "kind"),
        CheckConstraint("kind IN ('like', 'share')", name="kind"),
        Index("ix_feed_answer_copy_id", "copy_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int]
    copy_id: Mapped[int] = mapped_column(ForeignKey("feed_copy.id"))
    kind: Mapped[str] = mapped_column(String(10))
    uri: Mapped[str] = mapped_column(String(500), default="")
    at: Mapped[datetime]


class Copy(Base):
    """Something public of a neighbour, cleaned, as its node said it at ``fetched_at``.

    ``html`` holds nothing but a few harmless tags, ``text`` the same without any. ``pictures`` are
    pairs of address and description: they are led to, and never loaded from there. ``author`` names
    whose it is where the neighbour has only passed it on, ``via`` the activity by which it did.
    """

    __tablename__ = "feed_copy"
    __table_args__ = (
        Index("ix_feed_copy_neighbour_id_id", "neighbour_id", "id"),
        Index("ix_feed_copy_fetched_at", "fetched_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uri: Mapped[str] = mapped_column(String(500), unique=True)
    neighbour_id: Mapped[int] = mapped_column(ForeignKey("feed_neighbour.id"))
    author: Mapped[str] = mapped_column(String(500), default="")
    via: Mapped[str] = mapped_column(String(500), default="")
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(300), default="")
    html: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text, default="")
    page: Mapped[str] = mapped_column(String(500))
    place: Mapped[str] = mapped_column(String(300), default="")
    tags: Mapped[list[Any]] = mapped_column(JSON, default=list)
    pictures: Mapped[list[Any]] = mapped_column(JSON, default=list)
    at: Mapped[datetime]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    fetched_at: Mapped[datetime]
    hidden_at: Mapped[datetime | None]
