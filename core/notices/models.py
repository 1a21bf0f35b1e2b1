"""The tables of notices: what was told to whom, how each wants to be told, and their browsers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base


class Told(Base):
    """A notice to one person, in their language of that moment; single by ``key``.

    ``on_bell``: it stands in their list. ``mail_at``: when its mail is due, None if there is none
    or it has left; ``mail_key`` is the outbox's key of the mail that took it along at
    ``mailed_at``. ``until``: afterwards it is worth no mail any more.
    """

    __tablename__ = "core_notice"
    __table_args__ = (
        UniqueConstraint("person_id", "key"),
        Index("ix_core_notice_person_id_id", "person_id", "id"),
        Index(
            "ix_core_notice_unread",
            "person_id",
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
        Index(
            "ix_core_notice_mail_at",
            "mail_at",
            sqlite_where=text("mail_at IS NOT NULL"),
            postgresql_where=text("mail_at IS NOT NULL"),
        ),
        Index("ix_core_notice_person_id_mailed_at", "person_id", "mailed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    key: Mapped[str] = mapped_column(String(110))
    kind: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(String(300), default="")
    subject: Mapped[str] = mapped_column(String(120), default="")
    heading: Mapped[str] = mapped_column(String(200), default="")
    told_at: Mapped[datetime] = mapped_column(index=True)
    on_bell: Mapped[bool] = mapped_column(default=True)
    read_at: Mapped[datetime | None]
    until: Mapped[datetime | None]
    mail_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]
    mail_key: Mapped[str | None] = mapped_column(String(120))


class Choice(Base):
    """How a person wants one kind of notice; without a row as the kind itself says.

    ``mail`` is now, daily or off.
    """

    __tablename__ = "core_notice_choice"

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(60), primary_key=True)
    on_bell: Mapped[bool]
    mail: Mapped[str] = mapped_column(String(8))
    push: Mapped[bool]
    chosen_at: Mapped[datetime]


class Hours(Base):
    """When a person wants to be told, in hours of the node's time zone; without a row as the house
    has it. ``quiet_from`` the same as ``quiet_until``: at any time."""

    __tablename__ = "core_notice_hours"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("core_person.id"), primary_key=True, autoincrement=False
    )
    quiet_from: Mapped[int]
    quiet_until: Mapped[int]
    digest_at: Mapped[int]
    digest: Mapped[bool] = mapped_column(default=True)


class Browser(Base):
    """A browser that takes push messages: its service's address and its keys, in base64url."""

    __tablename__ = "core_push_browser"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    endpoint: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    public: Mapped[str] = mapped_column(String(90))
    auth: Mapped[str] = mapped_column(String(24))
    device: Mapped[str] = mapped_column(String(200), default="")
    added_at: Mapped[datetime]


class PushKey(Base):
    """The node's own key for push services, the private half sealed; there is one row, of id 1."""

    __tablename__ = "core_push_key"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public: Mapped[str] = mapped_column(String(90))
    sealed: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
