"""Appeals for money, what was given, what it was used for, and the account that is given of it."""

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


class Appeal(Base):
    """What the law wants told beside an appeal (Donations Act article 4 (6), decree 5-2).

    ``registration`` is its number, empty below the amount that needs one; ``office`` is the
    one that keeps it. ``cost_bp``: what collecting costs, in basis points of what comes.
    ``account`` is where to send the money.
    """

    __tablename__ = "board_appeal"
    __table_args__ = (CheckConstraint("goal > 0 AND cost_bp BETWEEN 0 AND 1500", name="limits"),)

    campaign_id: Mapped[int] = mapped_column(
        ForeignKey("board_campaign.id"), primary_key=True, autoincrement=False
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
    collect_until: Mapped[date]
    use_from: Mapped[date]
    use_until: Mapped[date]
    account: Mapped[str] = mapped_column(String(120))


class Gift(Base):
    """Money that somebody wants to give, and whether it came.

    ``state``: unproven (a guest's, until the link of the letter), promised, arrived, returned,
    dropped. ``code`` is written on the transfer. ``shown``: the name stands on the page.
    ``receipt`` is the running number of its receipt on this node, None without one.
    """

    __tablename__ = "board_gift"
    __table_args__ = (
        UniqueConstraint("campaign_id", "key"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint(
            "state IN ('unproven', 'promised', 'arrived', 'returned', 'dropped')", name="state"
        ),
        Index("ix_board_gift_campaign_id_state_id", "campaign_id", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("board_campaign.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    email: Mapped[str] = mapped_column(String(254), default="")
    amount: Mapped[int] = mapped_column(BigInteger)
    shown: Mapped[bool] = mapped_column(default=False)
    wants_receipt: Mapped[bool] = mapped_column(default=False)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    state: Mapped[str] = mapped_column(String(10))
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    key: Mapped[str] = mapped_column(String(120))
    receipt: Mapped[int | None] = mapped_column(unique=True)
    made_at: Mapped[datetime] = mapped_column(index=True)
    arrived_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]


class Spending(Base):
    """Money that went out, with what proves it; ``is_cost``: it was spent on collecting."""

    __tablename__ = "board_spending"
    __table_args__ = (
        UniqueConstraint("campaign_id", "key"),
        CheckConstraint("amount > 0", name="amount"),
        Index("ix_board_spending_campaign_id_id", "campaign_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("board_campaign.id"))
    spent_on: Mapped[date]
    amount: Mapped[int] = mapped_column(BigInteger)
    purpose: Mapped[str] = mapped_column(String(120))
    evidence: Mapped[str] = mapped_column(String(200))
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("core_picture.id"))
    is_cost: Mapped[bool] = mapped_column(default=False)
    key: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]


class Result(Base):
    """The account given of a donation campaign (decree article 19); it stays where it stands."""

    __tablename__ = "board_result"

    campaign_id: Mapped[int] = mapped_column(
        ForeignKey("board_campaign.id"), primary_key=True, autoincrement=False
    )
    text: Mapped[str] = mapped_column(Text)
    raised: Mapped[int] = mapped_column(BigInteger)
    spent: Mapped[int] = mapped_column(BigInteger)
    published_at: Mapped[datetime]
