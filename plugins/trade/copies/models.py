"""Producers on other nodes that are followed here, and copies of what they offer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base
from ....core.values import EMPTY_DIGEST


class Source(Base):
    """A producer on another node whose catalogue is followed.

    ``actor`` is its address there, ``seller_id`` the space that stands for it here: nobody runs
    it, its goods and prices are only what the other node says. ``fetched_at``: when the copies
    were last known to be what the producer offers. ``ended_at``: it is not followed any more; the
    space and its address stay, since orders name them. ``count`` and ``digest`` are of what that
    node publishes, as far as it is known here, also of what could not be used. ``generation``
    counts its full readings, and ``reading`` says that one is under way. ``withheld_at``: since
    then its goods cannot be ordered, because the copies are too old.
    """

    __tablename__ = "trade_source"

    id: Mapped[int] = mapped_column(primary_key=True)
    actor: Mapped[str] = mapped_column(String(300), unique=True)
    host: Mapped[str] = mapped_column(String(260), index=True)
    seller_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    fetched_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    withheld_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    count: Mapped[int] = mapped_column(default=0)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), default=EMPTY_DIGEST)
    generation: Mapped[int] = mapped_column(default=0)
    reading: Mapped[bool] = mapped_column(default=False)


class Copy(Base):
    """A copy of one proposal of a source, as its node last said it; never a promise.

    ``uri`` is the proposal's address and ``version`` its version there, which only grows.
    ``available`` counts units, None is on demand. Units and quantities are as in the market's
    products; ``details`` holds the other fields of a ``goods.rules.Good`` that are set.
    ``product_id`` is the market's product that stands for it in rounds here, None as
    long as nobody has picked it; ``picture_from`` is the address of the picture that it was given.
    ``gone_at``: the producer took it off. ``generation`` is of the
    full reading in which it was last seen.
    """

    __tablename__ = "trade_copy"
    __table_args__ = (
        CheckConstraint("price > 0", name="price"),
        CheckConstraint("available >= 0", name="available"),
        Index("ix_trade_copy_source_id_name", "source_id", "name", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("trade_source.id"))
    uri: Mapped[str] = mapped_column(String(300), unique=True)
    version: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    description: Mapped[str] = mapped_column(Text, default="")
    unit_code: Mapped[str] = mapped_column(String(40))
    unit_label: Mapped[str] = mapped_column(String(40))
    price: Mapped[int] = mapped_column(BigInteger)
    tax_class: Mapped[str] = mapped_column(String(10))
    origin: Mapped[str] = mapped_column(String(120), default="")
    storage: Mapped[str] = mapped_column(String(20), default="")
    sold_by: Mapped[str] = mapped_column(String(10), default="piece")
    expected_g: Mapped[int | None]
    available: Mapped[int | None]
    minimum: Mapped[int] = mapped_column(default=1)
    step: Mapped[int] = mapped_column(default=1)
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    updated: Mapped[datetime]
    fetched_at: Mapped[datetime]
    gone_at: Mapped[datetime | None]
    generation: Mapped[int] = mapped_column(default=0)
    product_id: Mapped[int | None] = mapped_column(ForeignKey("market_product.id"), unique=True)
    picture_from: Mapped[str] = mapped_column(String(500), default="")


class RefusedItem(Base):
    """A thing of a source that cannot be used here, and why: it counts in the source's digest."""

    __tablename__ = "trade_refused_item"
    __table_args__ = (Index("ix_trade_refused_item_source_id_id", "source_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("trade_source.id"))
    uri: Mapped[str] = mapped_column(String(300), unique=True)
    version: Mapped[int]
    reason: Mapped[str] = mapped_column(String(300))
    generation: Mapped[int] = mapped_column(default=0)
