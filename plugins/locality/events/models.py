"""Events, their dates, and who comes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Event(Base):
    """What a space invites to, once or again and again; without a space, the node itself does.

    See ``rules.Draft`` for what it says. ``key`` is that of the form, so that one sent twice makes
    one event. ``hidden_at``: stewards keep it from being seen. ``told``: others were told that it
    is public.
    """

    __tablename__ = "locality_event"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'public', 'withdrawn')", name="state"),
        CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity"),
        Index("ix_locality_event_space_id_id", "space_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int | None] = mapped_column(ForeignKey("core_space.id"))
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(String(120), default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    online_url: Mapped[str] = mapped_column(String(300), default="")
    price: Mapped[str] = mapped_column(String(80), default="")
    children: Mapped[bool] = mapped_column(default=False)
    access: Mapped[str] = mapped_column(String(200), default="")
    signs_up: Mapped[bool] = mapped_column(default=False)
    capacity: Mapped[int | None]
    most_people: Mapped[int] = mapped_column(default=1)
    cancel_hours: Mapped[int] = mapped_column(default=0)
    questions: Mapped[list[str]] = mapped_column(JSON, default=list)
    every: Mapped[str] = mapped_column(String(10), default="")
    state: Mapped[str] = mapped_column(String(10), default="draft")
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    told: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    key: Mapped[str | None] = mapped_column(String(80), unique=True)


class Occurrence(Base):
    """One date of an event: it can be moved or called off by itself.

    ``place`` is said if it is another than the event's. ``taken`` is how many people have a place:
    the sum over its sign-ups, held with them. ``revision`` rises with each change, for calendars.
    """

    __tablename__ = "locality_occurrence"
    __table_args__ = (
        CheckConstraint("taken >= 0", name="taken"),
        Index("ix_locality_occurrence_starts_at_id", "starts_at", "id"),
        Index("ix_locality_occurrence_event_id_starts_at", "event_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("locality_event.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(120), default="")
    taken: Mapped[int] = mapped_column(default=0)
    called_off_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(200), default="")
    revision: Mapped[int] = mapped_column(default=0)


class SignUp(Base):
    """Somebody who comes, waits, or came: a member, or a guest who gave name and address.

    ``state``: "asked" (a guest who has not confirmed by mail yet), "in", "waiting". ``turn_at`` and
    the id are the order of those who wait. ``agreed``: the version of the text to which a guest
    agreed. ``came``: ticked by the organiser. ``erased``: name, address and answers are destroyed.
    """

    __tablename__ = "locality_sign_up"
    __table_args__ = (
        UniqueConstraint("occurrence_id", "person_id"),
        UniqueConstraint("occurrence_id", "email"),
        CheckConstraint("people > 0", name="people"),
        CheckConstraint("state IN ('asked', 'in', 'waiting')", name="state"),
        Index(
            "ix_locality_sign_up_occurrence_id_state_turn_at_id",
            "occurrence_id", "state", "turn_at", "id",
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    occurrence_id: Mapped[int] = mapped_column(ForeignKey("locality_occurrence.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    name: Mapped[str] = mapped_column(String(60), default="")
    email: Mapped[str | None] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(8), default="ko")
    agreed: Mapped[str] = mapped_column(String(10), default="")
    people: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))
    answers: Mapped[list[Any]] = mapped_column(JSON, default=list)
    asked_at: Mapped[datetime]
    turn_at: Mapped[datetime]
    came: Mapped[bool] = mapped_column(default=False)
    erased: Mapped[bool] = mapped_column(default=False)
