"""Calls for volunteers, their shifts, who comes, and the hours that were confirmed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Call(Base):
    """What an organisation looks for volunteers for; states as those of an activity."""

    __tablename__ = "board_call"
    __table_args__ = (UniqueConstraint("space_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
    key: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(String(120), default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]


class Slot(Base):
    """A shift of a call: so many people between two times of one day.

    ``note`` is for those who have a place: what to bring, where to come in, whom to call.
    """

    __tablename__ = "board_slot"
    __table_args__ = (
        CheckConstraint("places BETWEEN 1 AND 99", name="places"),
        Index("ix_board_slot_call_id_starts_at", "call_id", "starts_at"),
        Index("ix_board_slot_starts_at", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("board_call.id"))
    key: Mapped[str] = mapped_column(String(80))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    places: Mapped[int]
    note: Mapped[str] = mapped_column(String(500), default="")
    called_off_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class Volunteer(Base):
    """Somebody's place in a shift, or on the list of those who wait for one (``waits``)."""

    __tablename__ = "board_volunteer"
    __table_args__ = (UniqueConstraint("slot_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("board_slot.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    waits: Mapped[bool]
    at: Mapped[datetime]


class Hours(Base):
    """Time that somebody gave to an organisation on a day, as another person confirmed it."""

    __tablename__ = "board_hours"
    __table_args__ = (
        UniqueConstraint("slot_id", "person_id"),
        CheckConstraint("minutes BETWEEN 0 AND 480", name="minutes"),
        CheckConstraint("confirmed_by <> person_id", name="by_another"),
        Index("ix_board_hours_person_id_day", "person_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("board_slot.id"))
    space_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    day: Mapped[date]
    minutes: Mapped[int]
    confirmed_at: Mapped[datetime]
    confirmed_by: Mapped[int] = mapped_column(ForeignKey("core_person.id"))


class HoursChange(Base):
    """A correction of confirmed hours: what stood before, what stands now, and why."""

    __tablename__ = "board_hours_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    hours_id: Mapped[int] = mapped_column(ForeignKey("board_hours.id"), index=True)
    at: Mapped[datetime]
    actor_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    before: Mapped[int]
    after: Mapped[int]
    reason: Mapped[str] = mapped_column(String(200))


class Certificate(Base):
    """What was certified to somebody: their hours at an organisation between two days.

    It stands as long as the hours still sum to ``minutes`` and nobody took it back.
    """

    __tablename__ = "board_certificate"
    __table_args__ = (
        UniqueConstraint("person_id", "key"),
        Index("ix_board_certificate_code", "code", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80))
    code: Mapped[str] = mapped_column(String(24))
    space_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    name: Mapped[str] = mapped_column(String(60))
    organisation: Mapped[str] = mapped_column(String(120))
    since: Mapped[date]
    until: Mapped[date]
    minutes: Mapped[int]
    issued_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class PortalConsent(Base):
    """That an organisation may pass somebody's hours on to a public portal of volunteering
    (Personal Information Protection Act article 17 (2)); ``portal_name`` is what they are called
    there. A line is only ever added, and ended once by ``withdrawn_at``."""

    __tablename__ = "board_portal_consent"
    __table_args__ = (Index("ix_board_portal_consent_space_id_person_id", "space_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    version: Mapped[str] = mapped_column(String(20))
    portal_name: Mapped[str] = mapped_column(String(40), default="")
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
