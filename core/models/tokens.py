"""Tokens with which programs act for a person, and what such programs were answered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base


class ApiToken(Base):
    """A token that a person made for a program; only its hash is kept, and it ends by itself.

    ``scopes`` are the names of what it is good for; it never may more than its person.
    """

    __tablename__ = "core_api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class ApiAnswer(Base):
    """What a program was answered when it made something, so that asking again makes no second.

    ``key`` is the one that the program chose; ``fingerprint`` the SHA-256 of what it asked for.
    Written with the thing that was made, in one transaction; ``core.answered`` seals ``body``.
    """

    __tablename__ = "core_api_answer"

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(index=True)
