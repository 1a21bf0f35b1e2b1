"""Orders between nodes, as this side knows them, and every document of them as evidence."""

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
)
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base

_STATES = (
    "'draft', 'offered', 'countered', 'accepted', 'amending', 'rejected', 'expired', 'cancelled', "
    "'ready', 'shipped', 'delivered', 'disputed', 'refunded', 'settled'"
)


class TradeOrder(Base):
    """What a hub here orders of a producer elsewhere (side "buyer"), or the other way round.

    ``uid`` is the unguessable name of this side's view, ``order_ref`` the buyer's name for it.
    ``space_id`` is the space here, ``mirror_id`` (buyer) the one that stands for the producer.
    ``version`` counts what the buyer said, ``answered`` is the one that the seller answered last
    and ``revision`` counts what the seller said; ``receipt`` counts the receipts. ``last_id`` is
    the id of the buyer's last offer or change, ``answer_id`` that of the seller's last word.
    ``bundle_uri`` is the order's address at the seller, ``peer_view`` that of the other side's
    view. ``cut_off``: until then the seller takes changes, by its own clock. ``undone_at``: when
    the buyer withdrew. ``heard_at``: when the other side last said something. ``problem`` is what
    a person has to look at, as ``core.values.kept_message`` keeps it. ``part`` counts the orders of
    one producer at one occasion, of which there are several only if it is more than fits in one.
    """

    __tablename__ = "trade_order"
    __table_args__ = (
        UniqueConstraint("side", "buyer_actor", "order_ref"),
        UniqueConstraint("occasion", "mirror_id", "part"),
        CheckConstraint("side IN ('buyer', 'seller')", name="side"),
        CheckConstraint(f"state IN ({_STATES})", name="state"),
        Index("ix_trade_order_space_id_id", "space_id", "id"),
        Index("ix_trade_order_peer_host_state", "peer_host", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(40), unique=True)
    side: Mapped[str] = mapped_column(String(6))
    order_ref: Mapped[str] = mapped_column(String(64))
    peer_host: Mapped[str] = mapped_column(String(260))
    peer_name: Mapped[str] = mapped_column(String(120))
    buyer_actor: Mapped[str] = mapped_column(String(300))
    seller_actor: Mapped[str] = mapped_column(String(300))
    space_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
    mirror_id: Mapped[int | None] = mapped_column(ForeignKey("core_space.id"))
    occasion: Mapped[str | None] = mapped_column(String(40))
    part: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(String(200))
    buyer_name: Mapped[str] = mapped_column(String(120))
    deliver_to: Mapped[str] = mapped_column(String(400))
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(10), default="draft")
    reason: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(default=0)
    answered: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=0)
    receipt: Mapped[int] = mapped_column(default=0)
    activist_bp: Mapped[int]
    centre_bp: Mapped[int]
    bundle_uri: Mapped[str] = mapped_column(String(300), default="")
    peer_view: Mapped[str] = mapped_column(String(300), default="")
    last_id: Mapped[str] = mapped_column(String(300), default="")
    answer_id: Mapped[str] = mapped_column(String(300), default="")
    problem: Mapped[str] = mapped_column(String(300), default="")
    expires_at: Mapped[datetime | None]
    cut_off: Mapped[datetime | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    said_at: Mapped[datetime | None]
    heard_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    shipped_at: Mapped[datetime | None]
    received_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]


class TradeLine(Base):
    """One proposal of an order at one price, in the words of ``rules.bundles.Line``.

    ``product_id`` is the market's product here. ``held``: what the seller's counted stock gave for
    it. ``most``: the seller has said that there is no more of it. ``received`` units came, by the
    buyer's count; ``dropped``: the buyer wants none of it any more because it would cost more.
    """

    __tablename__ = "trade_line"
    __table_args__ = (
        CheckConstraint("wanted >= 0 AND agreed >= 0 AND held >= 0", name="units"),
        CheckConstraint("price > 0 AND seen > 0", name="price"),
    )

    order_id: Mapped[int] = mapped_column(ForeignKey("trade_order.id"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    product_id: Mapped[int | None] = mapped_column(ForeignKey("market_product.id"))
    product_name: Mapped[str] = mapped_column(String(130))
    unit_label: Mapped[str] = mapped_column(String(40))
    sold_by: Mapped[str] = mapped_column(String(10))
    proposal: Mapped[str] = mapped_column(String(300))
    proposal_version: Mapped[int]
    seen: Mapped[int] = mapped_column(BigInteger)
    wanted: Mapped[int]
    price: Mapped[int] = mapped_column(BigInteger)
    agreed: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(String(40), default="")
    held: Mapped[int] = mapped_column(default=0)
    most: Mapped[int | None]
    shipped: Mapped[int | None]
    shipped_g: Mapped[int | None]
    lot: Mapped[str] = mapped_column(String(60), default="")
    received: Mapped[int | None]
    dropped: Mapped[bool] = mapped_column(default=False)


class TradeEvent(Base):
    """A document that was said or heard, as it was, with its SHA-256: evidence, never changed.

    ``note`` is what was made of it. One that does not belong to an order yet has None for it.
    """

    __tablename__ = "trade_event"
    __table_args__ = (
        UniqueConstraint("direction", "document_id"),
        CheckConstraint("direction IN ('out', 'in')", name="direction"),
        Index("ix_trade_event_order_id_id", "order_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("trade_order.id"))
    direction: Mapped[str] = mapped_column(String(3))
    host: Mapped[str] = mapped_column(String(260))
    document_id: Mapped[str] = mapped_column(String(300))
    kind: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(200), default="")
    hash: Mapped[str] = mapped_column(String(64))
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime]
