"""Collections, who makes them together, what stands in them, and what may not come back."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Collection(Base):
    """Things that somebody chose, in their order; ``key`` makes a form sent twice one collection.

    ``owner_id`` is None once they have left and others go on with it. ``week`` is the Monday of the
    week whose selection of the editors it is. ``published_at`` is when everyone first saw it;
    ``public`` whether they do now. ``home_at``: since when stewards show it on the home page.
    """

    __tablename__ = "feed_collection"
    __table_args__ = (
        UniqueConstraint("owner_id", "key"),
        Index("ix_feed_collection_public_published_at_id", "public", "published_at", "id"),
        {"sqlite_autoincrement": True},  # a number names one collection for ever
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    key: Mapped[str] = mapped_column(String(60))
    week: Mapped[date | None] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(String(80))
    intro: Mapped[str] = mapped_column(Text, default="")
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("core_picture.id"))
    public: Mapped[bool] = mapped_column(default=False)
    published_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    home_at: Mapped[datetime | None] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class Curator(Base):
    """Somebody who is asked to make a collection together, and does once they have accepted."""

    __tablename__ = "feed_curator"

    collection_id: Mapped[int] = mapped_column(
        ForeignKey("feed_collection.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("core_person.id"), primary_key=True, index=True
    )
    invited_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]


class Item(Base):
    """A thing of a collection by its ``subject`` ("product:12"), or a place in words without one.

    ``title`` is the name of the place, or what the thing was called when it was added: for those
    who look after the collection once the thing itself is gone. ``place`` is where it stands.
    """

    __tablename__ = "feed_collection_item"
    __table_args__ = (
        UniqueConstraint("collection_id", "subject"),
        Index("ix_feed_collection_item_subject", "subject"),
        {"sqlite_autoincrement": True},  # nobody is told of an item twice, by its number
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    collection_id: Mapped[int] = mapped_column(ForeignKey("feed_collection.id", ondelete="CASCADE"))
    place: Mapped[int]
    subject: Mapped[str | None] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(200), default="")
    reason: Mapped[str] = mapped_column(String(300))
    added_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    added_at: Mapped[datetime]


class Declined(Base):
    """That those who answer for a thing do not want it in a collection, nor chosen by this person
    again; ``weekly``: by the editors."""

    __tablename__ = "feed_declined"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(40), index=True)
    collection_id: Mapped[int | None] = mapped_column(
        ForeignKey("feed_collection.id", ondelete="SET NULL")
    )
    person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    weekly: Mapped[bool] = mapped_column(default=False)
    declined_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    at: Mapped[datetime]


class CuratorPage(Base):
    """The page on which somebody lets their name and their collections be seen, if they want to."""

    __tablename__ = "feed_curator_page"

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), primary_key=True)
    words: Mapped[str] = mapped_column(String(500), default="")
    shown: Mapped[bool] = mapped_column(default=False)
    hidden_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
