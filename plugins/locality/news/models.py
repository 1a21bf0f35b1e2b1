"""News, their pictures, and what they said before."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class News(Base):
    """Something that those who run a space tell everyone; without a space, the node itself does.

    ``published_at`` is when it was first made public. ``hidden_at``: stewards keep it from being
    seen. ``told``: others were told that it is public. ``key`` is that of the form, so that one
    sent twice makes one thing.
    """

    __tablename__ = "locality_news"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'public', 'withdrawn')", name="state"),
        Index("ix_locality_news_state_published_at_id", "state", "published_at", "id"),
        Index(
            "ix_locality_news_space_id_state_published_at_id",
            "space_id", "state", "published_at", "id",
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int | None] = mapped_column(ForeignKey("core_space.id"))
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default="draft")
    pinned_at: Mapped[datetime | None]
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    told: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    key: Mapped[str | None] = mapped_column(String(80), unique=True)


class NewsPicture(Base):
    """A picture of news, in its place among them; what is seen on it stands with the picture."""

    __tablename__ = "locality_news_picture"
    __table_args__ = (UniqueConstraint("news_id", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    news_id: Mapped[int] = mapped_column(ForeignKey("locality_news.id"))
    picture_id: Mapped[int] = mapped_column(ForeignKey("core_picture.id"))
    place: Mapped[int]


class NewsEdition(Base):
    """What public news said until ``until``, when they were changed."""

    __tablename__ = "locality_news_edition"
    __table_args__ = (UniqueConstraint("news_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    news_id: Mapped[int] = mapped_column(ForeignKey("locality_news.id"))
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    until: Mapped[datetime]
