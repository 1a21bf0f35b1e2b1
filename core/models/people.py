"""People, what they agreed to, how they are known to be themselves, and their roles."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base


class Person(Base):
    """Somebody with an account; ``email`` is kept in lower case and is unique."""

    __tablename__ = "core_person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    phone: Mapped[str] = mapped_column(String(20), default="")
    password_hash: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(8), default="ko")
    email_checked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    blocked_at: Mapped[datetime | None]
    agreed: Mapped[str] = mapped_column(String(120), default="", server_default="")
    """The versions of all that must be agreed to, when that was last found to be in order; "-" if
    it has to be looked up anew, empty if they never agreed to anything."""


class Consent(Base):
    """A person's agreement to a text in one of its versions (Personal Information Protection Act
    articles 15 and 22): a line is only ever added, and ended once by ``withdrawn_at``.

    ``language`` is that in which the text was read.
    """

    __tablename__ = "core_consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    subject: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(20))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    language: Mapped[str] = mapped_column(String(8), default="", server_default="")


class SignIn(Base):
    """A log-in on one device, listed to the person and revocable; only the token's hash is kept."""

    __tablename__ = "core_sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(45), default="")
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class OneTimeCode(Base):
    """A link or code that works once: to check an address, to choose a new password, to come in."""

    __tablename__ = "core_one_time_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(254))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Grant(Base):
    """A role of a person in a space, or on the node as a whole when there is no space."""

    __tablename__ = "core_grant"
    __table_args__ = (
        UniqueConstraint("person_id", "space_id", "role"),
        # NULL is never equal to NULL: roles on the node need an index of their own to be single.
        Index(
            "uq_core_grant_node_role",
            "person_id",
            "role",
            unique=True,
            sqlite_where=text("space_id IS NULL"),
            postgresql_where=text("space_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    space_id: Mapped[int | None] = mapped_column(ForeignKey("core_space.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    granted_at: Mapped[datetime]
