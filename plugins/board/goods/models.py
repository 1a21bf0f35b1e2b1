"""Promises of sellers to give a part of what they earn, and what came of each sale."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Tie(Base):
    """A product tied to a campaign: ``per_unit`` won or ``rate_bp`` of each sale go to it.

    Nothing of it changes once the seller has agreed; the seller alone ends it. The product is
    known by its number, since the market may be switched off.
    """

    __tablename__ = "board_tie"
    __table_args__ = (
        UniqueConstraint("campaign_id", "product_id"),
        CheckConstraint("(per_unit IS NULL) <> (rate_bp IS NULL)", name="one_share"),
        CheckConstraint("per_unit > 0", name="per_unit"),
        CheckConstraint("rate_bp BETWEEN 1 AND 10000", name="rate_bp"),
        CheckConstraint("state IN ('proposed', 'agreed', 'declined', 'ended')", name="state"),
        Index("ix_board_tie_seller_id_state", "seller_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("board_campaign.id"))
    seller_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
    product_id: Mapped[int] = mapped_column(index=True)
    product_name: Mapped[str] = mapped_column(String(120))
    product_path: Mapped[str] = mapped_column(String(200))
    per_unit: Mapped[int | None] = mapped_column(BigInteger)
    rate_bp: Mapped[int | None]
    from_on: Mapped[date]
    until_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(10), default="proposed")
    proposed_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    ended_at: Mapped[datetime | None]


class Earned(Base):
    """What a fact gave a seller at an occasion of its own share (below 0: took back), never
    changed; the sum is what can be given on."""

    __tablename__ = "board_earned"
    __table_args__ = (Index("ix_board_earned_occasion_seller_id", "occasion", "seller_id"),)

    posting: Mapped[str] = mapped_column(String(120), primary_key=True)
    occasion: Mapped[str] = mapped_column(String(40))
    seller_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
    won: Mapped[int] = mapped_column(BigInteger)


class Given(Base):
    """What stands given of a tie for one occasion; its won are those of the ledger's postings."""

    __tablename__ = "board_given"
    __table_args__ = (CheckConstraint("won >= 0", name="won"),)

    tie_id: Mapped[int] = mapped_column(
        ForeignKey("board_tie.id"), primary_key=True, autoincrement=False
    )
    occasion: Mapped[str] = mapped_column(String(40), primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    units: Mapped[int]
    won: Mapped[int] = mapped_column(BigInteger)
