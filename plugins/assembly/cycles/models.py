"""Hubs, their order cycles with the steps these took, and what is offered in them."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base
from .rules import occasion


class Hub(Base):
    """Where a neighbourhood collects what it ordered: what a space of kind hub has besides.

    ``weekday`` (Monday is 0) and the two hours, in the node's own time zone, are the usual ones
    and what a new cycle begins with. Its hosts hold the role ``activist`` in the space.
    """

    __tablename__ = "assembly_hub"
    __table_args__ = (CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),)

    space_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"), primary_key=True)
    weekday: Mapped[int]
    collect_from: Mapped[time]
    collect_until: Mapped[time]
    how_to_come: Mapped[str] = mapped_column(Text, default="")


class Cycle(Base):
    """One round of ordering and collecting at a hub; ``state`` is one of ``rules.State``.

    Place and address are the hub's as they were when the cycle was made. The rates, in basis
    points, are the node's and stand fixed from the opening on. ``version`` rises with every
    change and every step.
    """

    __tablename__ = "assembly_cycle"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'open', 'closed', 'sent', 'received', 'packed', 'distributing',"
            " 'settled')",
            name="state",
        ),
        Index("ix_assembly_cycle_hub_id_id", "hub_id", "id"),
        Index("ix_assembly_cycle_state_cut_off", "state", "cut_off"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hub_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
    title: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(20), default="draft")
    opens_at: Mapped[datetime]
    cut_off: Mapped[datetime]
    collect_from: Mapped[datetime]
    collect_until: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(200), default="")
    activist_bp: Mapped[int]
    centre_bp: Mapped[int]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    @property
    def occasion(self) -> str:
        """The name by which other plugins know the cycle as an occasion of sale."""
        return occasion(self.id)


class CycleStep(Base):
    """When a cycle came into a state and by whom; the key lets it come there only once."""

    __tablename__ = "assembly_cycle_step"

    cycle_id: Mapped[int] = mapped_column(ForeignKey("assembly_cycle.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(20), primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))


class Offer(Base):
    """A product that can be ordered in a cycle."""

    __tablename__ = "assembly_offer"
    __table_args__ = (Index("ix_assembly_offer_product_id", "product_id"),)

    cycle_id: Mapped[int] = mapped_column(
        ForeignKey("assembly_cycle.id", ondelete="CASCADE"), primary_key=True
    )
    product_id: Mapped[int] = mapped_column(
        ForeignKey("market_product.id", ondelete="CASCADE"), primary_key=True
    )
    seller_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
