"""Drives, what they promise, who pledges what, and the funds that add to it.

The won stand in the ledger alone: what has arrived of a pledge is on ``pledge:<id>``, what is owed
back on ``pledge:back``, what comes together on ``raised:<drive>``.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Drive(Base):
    """Something for which money is raised together, all or nothing at the minimum.

    ``space_id`` is the organisation that asks, None where a member proposes it and the fund asks.
    ``reached_at``: the minimum was there when the first round was counted. ``reason`` says why it
    was refused or cancelled.
    """

    __tablename__ = "fund_drive"
    __table_args__ = (
        CheckConstraint("minimum > 0 AND optimum >= minimum", name="goals"),
        CheckConstraint(
            "state IN ('proposed', 'refused', 'open', 'succeeded', 'failed', 'cancelled')",
            name="state",
        ),
        Index("ix_fund_drive_state_id", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    proposer_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    space_id: Mapped[int | None] = mapped_column(ForeignKey("core_space.id"), index=True)
    state: Mapped[str] = mapped_column(String(10), default="proposed")
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(200))
    story: Mapped[str] = mapped_column(Text)
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("core_picture.id"))
    minimum: Mapped[int] = mapped_column(BigInteger)
    optimum: Mapped[int] = mapped_column(BigInteger)
    for_minimum: Mapped[str] = mapped_column(String(500))
    for_optimum: Mapped[str] = mapped_column(String(500), default="")
    carrier: Mapped[str] = mapped_column(String(200))
    first_days: Mapped[int]
    second_days: Mapped[int] = mapped_column(default=0)
    first_until: Mapped[date | None]
    second_until: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    reason: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    reached_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]


class DriveStep(Base):
    """A step of the work (with its won) or a day of report (without), so many days after the money
    is there."""

    __tablename__ = "fund_drive_step"
    __table_args__ = (
        UniqueConstraint("drive_id", "position"),
        CheckConstraint("amount >= 0 AND days > 0", name="limits"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    drive_id: Mapped[int] = mapped_column(ForeignKey("fund_drive.id"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(120), default="")
    amount: Mapped[int] = mapped_column(BigInteger, default=0)
    days: Mapped[int]


class DriveNews(Base):
    """What those who run a drive tell of it."""

    __tablename__ = "fund_drive_news"
    __table_args__ = (
        UniqueConstraint("drive_id", "key"),
        Index("ix_fund_drive_news_drive_id_id", "drive_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    drive_id: Mapped[int] = mapped_column(ForeignKey("fund_drive.id"))
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]


class Solicitation(Base):
    """What the law wants told beside a drive (Donations Act article 4 (6), decree 5-2), as written
    by the treasurer when it is opened; ``registration`` is empty below the amount that needs
    one."""

    __tablename__ = "fund_solicitation"
    __table_args__ = (CheckConstraint("goal > 0 AND cost_bp BETWEEN 0 AND 1500", name="limits"),)

    drive_id: Mapped[int] = mapped_column(
        ForeignKey("fund_drive.id"), primary_key=True, autoincrement=False
    )
    organiser: Mapped[str] = mapped_column(String(120))
    contact: Mapped[str] = mapped_column(String(120))
    representative: Mapped[str] = mapped_column(String(60))
    office: Mapped[str] = mapped_column(String(120), default="")
    registration: Mapped[str] = mapped_column(String(60), default="")
    purpose: Mapped[str] = mapped_column(String(500))
    tax_benefit: Mapped[bool] = mapped_column(default=False)
    cost_bp: Mapped[int]
    results: Mapped[str] = mapped_column(String(200))
    goal: Mapped[int] = mapped_column(BigInteger)
    collect_from: Mapped[date]
    collect_until: Mapped[date] = mapped_column(index=True)
    use_from: Mapped[date]
    use_until: Mapped[date]
    account: Mapped[str] = mapped_column(String(120))


class Reward(Base):
    """Something that is bought with a pledge: a sale and no donation. ``number`` is how many there
    are, None without a limit."""

    __tablename__ = "fund_reward"
    __table_args__ = (
        UniqueConstraint("drive_id", "key"),
        CheckConstraint("price > 0 AND (number IS NULL OR number > 0)", name="limits"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    drive_id: Mapped[int] = mapped_column(ForeignKey("fund_drive.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(String(500), default="")
    price: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[int | None]
    ready_on: Mapped[date]
    key: Mapped[str] = mapped_column(String(60))


class Pledge(Base):
    """Money that somebody wants to send, for nothing or (``reward_id``) for something in return.

    How it stands is derived from its times (``rules.status_of``) and stored nowhere. ``code`` is
    written on the transfer. ``matched`` is what a match fund adds to it, fixed when a round ends.
    ``receipt`` is the running number of its receipt, None without one.
    """

    __tablename__ = "fund_pledge"
    __table_args__ = (
        UniqueConstraint("drive_id", "key"),
        CheckConstraint("amount > 0 AND quantity > 0 AND matched >= 0", name="amounts"),
        Index("ix_fund_pledge_drive_id_id", "drive_id", "id"),
        Index("ix_fund_pledge_owed_at_paid_back_at", "owed_at", "paid_back_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    drive_id: Mapped[int] = mapped_column(ForeignKey("fund_drive.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    reward_id: Mapped[int | None] = mapped_column(ForeignKey("fund_reward.id"), index=True)
    quantity: Mapped[int] = mapped_column(default=1)
    amount: Mapped[int] = mapped_column(BigInteger)
    matched: Mapped[int] = mapped_column(BigInteger, default=0)
    wants_receipt: Mapped[bool] = mapped_column(default=False)
    receipt: Mapped[int | None] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    key: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime] = mapped_column(index=True)
    taken_back_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime | None]
    lapsed_at: Mapped[datetime | None]
    moved_at: Mapped[datetime | None]
    owed_at: Mapped[datetime | None]
    paid_back_at: Mapped[datetime | None]


class PledgeChange(Base):
    """A line of a pledge's history: what happened, and to how many won it then stood. Append-only;
    nobody's name."""

    __tablename__ = "fund_pledge_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("fund_pledge.id"), index=True)
    what: Mapped[str] = mapped_column(String(12))
    amount: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]


class Match(Base):
    """A fund that adds to gifts: its money stands in its own earmark, taken out of an area
    (``area_id``) or brought by an organisation (``space_id``). ``factor_bp`` is what is added to a
    won; the other caps are won."""

    __tablename__ = "fund_match"
    __table_args__ = (
        CheckConstraint(
            "amount > 0 AND factor_bp > 0 AND per_pledge > 0 AND per_drive > 0 AND per_person > 0",
            name="caps",
        ),
        CheckConstraint("(area_id IS NULL) <> (space_id IS NULL)", name="giver"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("fund_earmark.id"))
    space_id: Mapped[int | None] = mapped_column(ForeignKey("core_space.id"))
    earmark_id: Mapped[int | None] = mapped_column(ForeignKey("fund_earmark.id"), unique=True)
    amount: Mapped[int] = mapped_column(BigInteger)
    factor_bp: Mapped[int]
    per_pledge: Mapped[int] = mapped_column(BigInteger)
    per_drive: Mapped[int] = mapped_column(BigInteger)
    per_person: Mapped[int] = mapped_column(BigInteger)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class MatchDrive(Base):
    """That a match fund adds to the gifts of a drive; one at most."""

    __tablename__ = "fund_match_drive"

    drive_id: Mapped[int] = mapped_column(
        ForeignKey("fund_drive.id"), primary_key=True, autoincrement=False
    )
    match_id: Mapped[int] = mapped_column(ForeignKey("fund_match.id"), index=True)
