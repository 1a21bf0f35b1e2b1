"""Posts and what belongs to them, and the stream in which all that is new stands by its source."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Post(Base):
    """What somebody wrote; a draft until ``published_at``.

    ``key`` names the form that it came by, so that one sent twice makes one post. ``is_share``: it
    passes on ``shared_id``, which is None once that is gone. ``told``: everyone may read it now,
    and others were told so. For a circle that was dissolved it is its author's alone.
    """

    __tablename__ = "feed_post"
    __table_args__ = (
        UniqueConstraint("author_id", "key"),
        Index("ix_feed_post_author_id_published_at", "author_id", "published_at", "id"),
        Index("ix_feed_post_audience_published_at", "audience", "published_at", "id"),
        {"sqlite_autoincrement": True},  # a number names one post for ever
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    text: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(String(80), default="")
    audience: Mapped[str] = mapped_column(String(10))
    circle_id: Mapped[int | None] = mapped_column(
        ForeignKey("feed_circle.id", ondelete="SET NULL"), index=True
    )
    key: Mapped[str] = mapped_column(String(80))
    is_share: Mapped[bool] = mapped_column(default=False)
    shared_id: Mapped[int | None] = mapped_column(
        ForeignKey("feed_post.id", ondelete="SET NULL"), index=True
    )
    told: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class PostPicture(Base):
    """A picture of a post; what is seen on it stands with the picture."""

    __tablename__ = "feed_post_picture"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("feed_post.id", ondelete="CASCADE"), index=True)
    picture_id: Mapped[int] = mapped_column(ForeignKey("core_picture.id"), unique=True)


class PostTag(Base):
    """A tag of a post."""

    __tablename__ = "feed_post_tag"
    __table_args__ = (Index("ix_feed_post_tag_tag_post_id", "tag", "post_id"),)

    post_id: Mapped[int] = mapped_column(
        ForeignKey("feed_post.id", ondelete="CASCADE"), primary_key=True
    )
    tag: Mapped[str] = mapped_column(String(40), primary_key=True)


class Mention(Base):
    """A thing that a post is about, by its subject ("product:12")."""

    __tablename__ = "feed_mention"
    __table_args__ = (Index("ix_feed_mention_subject_post_id", "subject", "post_id"),)

    post_id: Mapped[int] = mapped_column(
        ForeignKey("feed_post.id", ondelete="CASCADE"), primary_key=True
    )
    subject: Mapped[str] = mapped_column(String(40), primary_key=True)


class Edition(Base):
    """How a post read until ``until``, shown to whoever may read the post."""

    __tablename__ = "feed_edition"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("feed_post.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(String(80), default="")
    until: Mapped[datetime]


class Item(Base):
    """Something that can stand in a timeline, by its subject ("news:3").

    Of a post only its name stands here: it is read anew. ``position`` orders items by time.
    """

    __tablename__ = "feed_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(60), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    author: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
    title: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(String(400), default="")
    path: Mapped[str] = mapped_column(String(300), default="")
    picture: Mapped[str] = mapped_column(String(64), default="")
    caption: Mapped[str] = mapped_column(String(200), default="")
    place: Mapped[str] = mapped_column(String(120), default="")
    starts_at: Mapped[datetime | None]
    hidden: Mapped[bool] = mapped_column(default=False)


class Stream(Base):
    """That an item is news of ``source`` ("space:7", "person:5", "tag:감자", "circle:2").

    A timeline asks each of a thousand sources for what came last: a seek in this index each.
    """

    __tablename__ = "feed_stream"
    __table_args__ = (Index("ix_feed_stream_item_id", "item_id"),)

    source: Mapped[str] = mapped_column(String(60), primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    item_id: Mapped[int] = mapped_column(ForeignKey("feed_item.id", ondelete="CASCADE"))
