"""What people may ask about their data, and what has to be kept, told and destroyed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base


class DataRequest(Base):
    """Somebody asks to see, correct, erase or stop something about them, takes a consent back, or
    objects (Personal Information Protection Act articles 35 to 38); it is never deleted open.

    ``state``: unproven (the address is not checked yet), open, in_work, done or refused.
    ``due_at`` is ten days after it was proven to come from this address. ``key`` makes the same
    form the same request; ``token_hash`` opens it to who is no member.
    """

    __tablename__ = "core_data_request"
    __table_args__ = (Index("ix_core_data_request_state_due_at", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(12))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default="unproven")
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(Text, default="")


class DataRequestStep(Base):
    """What happened to a request, in order; ``person_id`` is who did it, None the node itself."""

    __tablename__ = "core_data_request_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("core_data_request.id"), index=True)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    step: Mapped[str] = mapped_column(String(12))
    note: Mapped[str] = mapped_column(Text, default="")


class Access(Base):
    """A log-in with the address that it came from, kept for three months and no longer
    (Protection of Communications Secrets Act, decree article 41)."""

    __tablename__ = "core_access"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    address: Mapped[str] = mapped_column(String(45))
    device: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime] = mapped_column(index=True)


class KeptApart(Base):
    """Who somebody was that has left, apart from everything else, until no law wants it any more
    (Personal Information Protection Act article 21 (3)); ``because`` names what is kept."""

    __tablename__ = "core_kept_apart"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("core_person.id"), primary_key=True, autoincrement=False
    )
    name: Mapped[str] = mapped_column(String(60))
    email: Mapped[str] = mapped_column(String(254), index=True)
    phone: Mapped[str] = mapped_column(String(20), default="")
    because: Mapped[str] = mapped_column(String(200))
    left_at: Mapped[datetime]
    until: Mapped[datetime] = mapped_column(index=True)


class Destruction(Base):
    """That data were destroyed: what, how much of it, and from before when; never changed."""

    __tablename__ = "core_destruction"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    what: Mapped[str] = mapped_column(String(60))
    before: Mapped[datetime]
    number: Mapped[int]


class Breach(Base):
    """A leak of personal data and what people are told of it (article 34 (1) of the Act).

    ``known_at`` starts the 72 hours (decree articles 39 and 40); ``possible``: a leak cannot be
    ruled out. ``people``: how many were told.
    """

    __tablename__ = "core_breach"

    id: Mapped[int] = mapped_column(primary_key=True)
    known_at: Mapped[datetime]
    possible: Mapped[bool]
    items: Mapped[str] = mapped_column(Text)
    course: Mapped[str] = mapped_column(Text)
    advice: Mapped[str] = mapped_column(Text)
    measures: Mapped[str] = mapped_column(Text)
    chosen: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    people: Mapped[int] = mapped_column(default=0)
