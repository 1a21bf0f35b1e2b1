"""Open calls with what was applied for, and money that went round, added up by month."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Call(Base):
    """An open call for new areas or hubs (공개모집): ``kind`` is "area", "hub" or "both".

    ``published_at`` is None for a draft. ``version`` rises with every change.
    """

    __tablename__ = "locality_call"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(8))
    rules: Mapped[str] = mapped_column(Text)
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime] = mapped_column(index=True)
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class Application(Base):
    """A group that wants to found a hub or an area; destroyed a year after it came.

    ``motivation``, and all that says who it is, stay with the stewards. ``key`` makes a repeated
    request find what it made. ``reason`` is why it was not accepted. ``agreed_version`` is the
    version of the text that its contact agreed to when it was sent, ``may_introduce`` that they
    let it be handed to neighbouring nodes.
    """

    __tablename__ = "locality_application"
    __table_args__ = (
        Index("ix_locality_application_state_id", "state", "id"),
        Index("ix_locality_application_received_at", "received_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60), unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("locality_call.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    group: Mapped[str] = mapped_column("group_name", String(120))
    province: Mapped[str] = mapped_column(String(20))
    place: Mapped[str] = mapped_column(String(120))
    households: Mapped[int]
    motivation: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(String(60))
    email: Mapped[str] = mapped_column(String(254))
    phone: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(8))
    may_introduce: Mapped[bool]
    agreed_version: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(1000), default="")
    received_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class ApplicationStep(Base):
    """What became of an application: a state that it came into, or a note of those who review it.

    ``state`` is "" for a note, which nobody but stewards reads.
    """

    __tablename__ = "locality_application_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(
        ForeignKey("locality_application.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))


class Flow(Base):
    """What went from one to another in a month ("2026-11", of the node's zone), in won.

    ``payer`` and ``receiver`` are "residents" or codes of accounts ("producer:12", "fund").
    ``residents`` is how many stand at least behind what came otherwise than by rounds: sums of
    fewer than five are never shown.
    """

    __tablename__ = "locality_flow"

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    payer: Mapped[str] = mapped_column(String(60), primary_key=True)
    receiver: Mapped[str] = mapped_column(String(60), primary_key=True)
    amount: Mapped[int] = mapped_column(BigInteger)
    residents: Mapped[int] = mapped_column(default=0)


class FlowSource(Base):
    """What residents paid a receiver in a month, by the subject of the postings ("cycle:12").

    ``residents``: how many stand behind it if it ``is_round``; 0 elsewhere.
    """

    __tablename__ = "locality_flow_source"
    __table_args__ = (Index("ix_locality_flow_source_is_round_month", "is_round", "month"),)

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    receiver: Mapped[str] = mapped_column(String(60), primary_key=True)
    subject: Mapped[str] = mapped_column(String(120), primary_key=True)
    is_round: Mapped[bool]
    amount: Mapped[int] = mapped_column(BigInteger)
    residents: Mapped[int] = mapped_column(default=0)


class FlowMark(Base):
    """How far the ledger is added up: the number of its last entry, and when that was posted."""

    __tablename__ = "locality_flow_mark"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[int]
    at: Mapped[datetime | None]
