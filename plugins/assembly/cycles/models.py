"""Hubs, their order cycles with the steps these took, and what is offered in them."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text
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
    schedule_id: Mapped[int | None] = mapped_column(ForeignKey("assembly_schedule.id"))
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


class Part(Base):
    """The terms on which a producer takes part in a cycle, and what became of them.

    ``cut_off`` is the producer's own, None the cycle's. ``below`` is the rule, chosen beforehand,
    for orders that stay under ``minimum_won`` or ``minimum_units`` (0: none): confirm them anyway,
    cancel them, or carry them over to the hub's next cycle. ``outcome`` is what was done at the
    cut-off: confirmed, cancelled or carried. ``sheet_confirmed_at``: when the producer said that
    the order sheet is seen.
    """

    __tablename__ = "assembly_part"
    __table_args__ = (
        CheckConstraint("minimum_won >= 0 AND minimum_units >= 0", name="minimum"),
        CheckConstraint("below IN ('confirm', 'cancel', 'carry')", name="below"),
        CheckConstraint("outcome IN ('confirmed', 'cancelled', 'carried')", name="outcome"),
        Index("ix_assembly_part_seller_id_cycle_id", "seller_id", "cycle_id"),
    )

    cycle_id: Mapped[int] = mapped_column(
        ForeignKey("assembly_cycle.id", ondelete="CASCADE"), primary_key=True
    )
    seller_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"), primary_key=True)
    cut_off: Mapped[datetime | None]
    minimum_won: Mapped[int] = mapped_column(BigInteger, default=0)
    minimum_units: Mapped[int] = mapped_column(default=0)
    below: Mapped[str] = mapped_column(String(10), default="confirm")
    outcome: Mapped[str | None] = mapped_column(String(10))
    decided_at: Mapped[datetime | None]
    sheet_confirmed_at: Mapped[datetime | None]


class Point(Base):
    """A further hub at which a cycle's orders can be collected, with its own hours."""

    __tablename__ = "assembly_point"

    cycle_id: Mapped[int] = mapped_column(
        ForeignKey("assembly_cycle.id", ondelete="CASCADE"), primary_key=True
    )
    hub_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"), primary_key=True)
    place: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(200), default="")
    collect_from: Mapped[datetime]
    collect_until: Mapped[datetime]


class Tick(Base):
    """What was ticked of an order while it is gathered on the day of collection: ``mark`` is
    "bag-2" or "line-17". Gone once the order is handed over."""

    __tablename__ = "assembly_tick"

    order_id: Mapped[int] = mapped_column(ForeignKey("market_order.id"), primary_key=True)
    mark: Mapped[str] = mapped_column(String(20), primary_key=True)


class Schedule(Base):
    """How a hub's cycles come about by themselves: every so many weeks on the same weekday.

    The opening lies ``opens_days`` before the day of collection at ``opens_at``, the cut-off
    ``cut_off_days`` before it at ``cut_off_at``. ``opens_itself``: the cycle is opened as well as
    drafted. ``next_on`` is the day of collection of the next cycle to be made.
    """

    __tablename__ = "assembly_schedule"
    __table_args__ = (
        CheckConstraint("every IN (1, 2, 4)", name="every"),
        CheckConstraint("opens_days > 0 AND cut_off_days >= 0", name="days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hub_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"), unique=True)
    every: Mapped[int] = mapped_column(default=1)
    collect_from: Mapped[time]
    collect_until: Mapped[time]
    opens_days: Mapped[int]
    opens_at: Mapped[time]
    cut_off_days: Mapped[int]
    cut_off_at: Mapped[time]
    opens_itself: Mapped[bool] = mapped_column(default=True)
    active: Mapped[bool] = mapped_column(default=True)
    next_on: Mapped[date]
    problem: Mapped[str] = mapped_column(String(300), default="")
    version: Mapped[int] = mapped_column(default=1)


class Carried(Base):
    """A line that was carried over to the hub's next cycle, and the order that it went into."""

    __tablename__ = "assembly_carried"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'placed', 'failed')", name="state"),
        Index("ix_assembly_carried_hub_id_state", "hub_id", "state"),
    )

    line_id: Mapped[int] = mapped_column(
        ForeignKey("market_order_line.id"), primary_key=True, autoincrement=False
    )
    hub_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
    from_cycle_id: Mapped[int] = mapped_column(ForeignKey("assembly_cycle.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("market_product.id"))
    quantity: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    order_id: Mapped[int | None] = mapped_column(ForeignKey("market_order.id"))
    problem: Mapped[str] = mapped_column(String(300), default="")
    at: Mapped[datetime]
