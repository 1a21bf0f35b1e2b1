"""Standing orders, what their residents change about single weeks, and what became of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base
from ..orders.rules import AT_COLLECTION


class StandingOrder(Base):
    """So many of a product at every round of a hub, or at every second or fourth one.

    ``host_id`` is the hub whose rounds it joins; ``wish`` and ``substitute_up_to`` are as in a
    basket. ``price`` won for one ``unit_label`` is what was agreed: nobody is sent something that
    has become much dearer, or another size, without being asked. ``payment`` names the way to pay;
    ``state``: active, paused or ended.
    """

    __tablename__ = "market_standing_order"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("every IN (1, 2, 4)", name="every"),
        CheckConstraint("state IN ('active', 'paused', 'ended')", name="state"),
        Index("ix_market_standing_order_host_id_state", "host_id", "state"),
        Index("ix_market_standing_order_person_id_id", "person_id", "id"),
        # Of two windows that begin the same, one does.
        Index(
            "uq_market_standing_order_goes_on",
            "person_id",
            "host_id",
            "product_id",
            unique=True,
            sqlite_where=text("state <> 'ended'"),
            postgresql_where=text("state <> 'ended'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    host_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("market_product.id"), index=True)
    quantity: Mapped[int]
    every: Mapped[int] = mapped_column(default=1)
    begins_on: Mapped[date]
    price: Mapped[int] = mapped_column(BigInteger)
    unit_label: Mapped[str] = mapped_column(String(40))
    wish: Mapped[str] = mapped_column(String(12), default="less")
    substitute_up_to: Mapped[int | None] = mapped_column(BigInteger)
    payment: Mapped[str] = mapped_column(
        String(40), default=AT_COLLECTION, server_default=AT_COLLECTION
    )
    state: Mapped[str] = mapped_column(String(10), default="active")
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)


class Holiday(Base):
    """Days on which none of a person's standing orders is made; both days belong to it."""

    __tablename__ = "market_standing_holiday"
    __table_args__ = (
        CheckConstraint("from_on <= until_on", name="days"),
        UniqueConstraint("person_id", "from_on", "until_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    from_on: Mapped[date]
    until_on: Mapped[date]


class StandingChange(Base):
    """What a resident wants otherwise in one week: nothing, or something else.

    ``on`` is the week's Monday, so that it still holds if the round is moved to another day.
    """

    __tablename__ = "market_standing_change"
    __table_args__ = (
        CheckConstraint("kind IN ('skip', 'swap')", name="kind"),
        CheckConstraint("kind = 'skip' OR (product_id IS NOT NULL AND quantity > 0)", name="swap"),
    )

    standing_id: Mapped[int] = mapped_column(
        ForeignKey("market_standing_order.id"), primary_key=True
    )
    on: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("market_product.id"))
    quantity: Mapped[int | None]
    price: Mapped[int | None] = mapped_column(BigInteger)
    unit_label: Mapped[str | None] = mapped_column(String(40))


class StandingRun(Base):
    """What became of a standing order at an occasion, once: made, skipped or failed, and why.

    ``quantity`` of ``wanted`` units of the product were ordered. ``problem`` with its ``values``
    is the sentence on what could not be.
    """

    __tablename__ = "market_standing_run"
    __table_args__ = (
        UniqueConstraint("standing_id", "occasion"),
        CheckConstraint("state IN ('made', 'skipped', 'failed')", name="state"),
        Index("ix_market_standing_run_occasion_state", "occasion", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    standing_id: Mapped[int] = mapped_column(ForeignKey("market_standing_order.id"))
    occasion: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    collect_on: Mapped[date]
    host_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
    state: Mapped[str] = mapped_column(String(10))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("market_order.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("market_product.id"), index=True)
    wanted: Mapped[int]
    quantity: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(String(300), default="")
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime]
