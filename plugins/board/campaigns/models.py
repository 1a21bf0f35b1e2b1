"""Campaigns, who takes part in them, and what is told of them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Campaign(Base):
    """Something an organisation wants to bring about, with everyone who takes part.

    ``receiver`` and ``goal`` are a petition's, ``bring`` a collection's. ``key`` lets a form sent
    twice make one. ``hidden_at``: stewards keep it from being seen.
    """

    __tablename__ = "board_campaign"
    __table_args__ = (
        UniqueConstraint("space_id", "key"),
        CheckConstraint("state IN ('draft', 'open', 'closed')", name="state"),
        Index("ix_board_campaign_state_id", "state", "id"),
        Index("ix_board_campaign_space_id_id", "space_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
    kind: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(8), default="draft")
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(200))
    story: Mapped[str] = mapped_column(Text)
    ends_on: Mapped[date | None]
    receiver: Mapped[str] = mapped_column(String(120), default="")
    goal: Mapped[int | None]
    bring: Mapped[str] = mapped_column(String(300), default="")
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("core_picture.id"))
    key: Mapped[str] = mapped_column(String(60))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    handed_over_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]


class Signature(Base):
    """One person's name under a petition.

    ``who`` is the digest of their address, so that nobody signs twice; ``email`` is kept of guests
    alone. It counts from ``counted_at``: a guest confirms it by the link of a letter. ``shown``:
    the name stands on the page; ``handed_on``: it may be handed to the receiver (Personal
    Information Protection Act article 17).
    """

    __tablename__ = "board_signature"
    __table_args__ = (
        UniqueConstraint("campaign_id", "who"),
        UniqueConstraint("campaign_id", "person_id"),
        Index("ix_board_signature_campaign_id_counted_at", "campaign_id", "counted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("board_campaign.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    who: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(60))
    email: Mapped[str] = mapped_column(String(254), default="")
    shown: Mapped[bool] = mapped_column(default=False)
    handed_on: Mapped[bool] = mapped_column(default=False)
    consent: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(index=True)
    counted_at: Mapped[datetime | None]


class Ask(Base):
    """A question to one official: asked when, until when, and what came of it."""

    __tablename__ = "board_ask"

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("board_campaign.id"), index=True)
    addressee: Mapped[str] = mapped_column(String(120))
    sent_on: Mapped[date]
    answer_by: Mapped[date]
    read_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    stance: Mapped[str] = mapped_column(String(8), default="")
    answer: Mapped[str] = mapped_column(Text, default="")


class Need(Base):
    """Something that is collected: so many of it."""

    __tablename__ = "board_need"
    __table_args__ = (CheckConstraint("wanted > 0", name="wanted"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("board_campaign.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    wanted: Mapped[int]


class Pledge(Base):
    """What somebody wants to bring; ``received_at`` says that it is there."""

    __tablename__ = "board_pledge"
    __table_args__ = (
        UniqueConstraint("need_id", "person_id"),
        CheckConstraint("quantity > 0", name="quantity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("board_need.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    quantity: Mapped[int]
    made_at: Mapped[datetime]
    received_at: Mapped[datetime | None]


class Update(Base):
    """News of a campaign."""

    __tablename__ = "board_update"
    __table_args__ = (
        UniqueConstraint("campaign_id", "key"),
        Index("ix_board_update_campaign_id_id", "campaign_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("board_campaign.id"))
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(index=True)
