"""What readers do with posts: comments, quiet reactions, what they keep for later."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Comment(Base):
    """What somebody wrote under a post; ``key`` names the form that it came by."""

    __tablename__ = "feed_comment"
    __table_args__ = (
        UniqueConstraint("author_id", "key"),
        Index("ix_feed_comment_post_id_id", "post_id", "id"),
        Index("ix_feed_comment_author_id_at", "author_id", "at"),
        {"sqlite_autoincrement": True},  # a number names one comment for ever
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("feed_post.id", ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    text: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]
    hidden_at: Mapped[datetime | None]


class Reaction(Base):
    """A word of somebody about a post; only its author is told how many there are."""

    __tablename__ = "feed_reaction"

    post_id: Mapped[int] = mapped_column(
        ForeignKey("feed_post.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("core_person.id"), primary_key=True, index=True
    )
    kind: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime]


class Saved(Base):
    """A post that somebody keeps for later; nobody else knows."""

    __tablename__ = "feed_saved"
    __table_args__ = (Index("ix_feed_saved_person_id_at", "person_id", "at"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), primary_key=True)
    post_id: Mapped[int] = mapped_column(
        ForeignKey("feed_post.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    at: Mapped[datetime]
