"""Baskets and orders: what was agreed stands frozen in the lines of an order."""

from __future__ import annotations

from datetime import datetime
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


class BasketLine(Base):
    """A wish of a person: so many of a product at one occasion; nothing is held for it.

    ``wish`` is what to do if too little comes: ``rules.LESS``, ``SUBSTITUTE`` (something else, at
    most ``substitute_up_to`` won a piece) or ``MONEY_BACK`` (all of it or none).
    """

    __tablename__ = "market_basket_line"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), primary_key=True)
    occasion: Mapped[str] = mapped_column(String(40), primary_key=True)
    product_id: Mapped[int] = mapped_column(
        ForeignKey("market_product.id", ondelete="CASCADE"), primary_key=True
    )
    quantity: Mapped[int]
    wish: Mapped[str] = mapped_column(String(12), default="less", server_default="less")
    substitute_up_to: Mapped[int | None] = mapped_column(BigInteger)
    added_at: Mapped[datetime]


class Order(Base):
    """What one person ordered at one occasion, with where and when it is collected.

    ``uid`` is the unguessable name in addresses, ``number`` the one that people read out to each
    other, ``code`` the short one for collection, single within the occasion. ``key`` makes a
    repeated request find the order that it made. ``version`` rises with every change of the
    lines. ``paid_at``: when the money was taken. ``host_id`` is the space where it is collected.
    ``phone_tail`` is what one is found by on hub day; ``bags`` were packed at ``packed_at``.
    ``transferred`` won came by bank for this very order; they lie on the resident's account.
    """

    __tablename__ = "market_order"
    __table_args__ = (
        UniqueConstraint("person_id", "key"),
        UniqueConstraint("occasion", "code"),
        CheckConstraint(
            "state IN ('placed', 'withdrawn', 'collected', 'not_collected')", name="state"
        ),
        Index("ix_market_order_person_id_id", "person_id", "id"),
        Index("ix_market_order_occasion_state_id", "occasion", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"))
    person_name: Mapped[str] = mapped_column(String(60))
    occasion: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(200), default="")
    host_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
    collect_from: Mapped[datetime | None]
    collect_until: Mapped[datetime | None]
    cut_off: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(20), default="placed")
    payment_provider: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(8))
    key: Mapped[str] = mapped_column(String(120))
    version: Mapped[int] = mapped_column(default=1)
    placed_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    collected_at: Mapped[datetime | None]
    paid_at: Mapped[datetime | None]
    phone_tail: Mapped[str] = mapped_column(String(4), default="", server_default="")
    bags: Mapped[int | None]
    packed_at: Mapped[datetime | None]
    transferred: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")


class OrderLine(Base):
    """One product of an order, with all that was agreed: later changes elsewhere do not move it.

    ``quantity`` was ordered, ``delivered`` is what there is of it to hand over, ``taken`` what the
    counted stock gave for it (0 for goods on demand); ``paid`` is 0 until the money was taken;
    rates are in basis points. ``amount`` is what the line costs as it stands: ``rules.cost``.
    Of goods sold by weight, ``price`` is for a kilogram; a piece weighs about ``expected_g`` and
    nobody pays for more than ``most_g`` of it; ``weighed_g`` is what all that is delivered weighs.
    ``substitute_for_id`` names the line that came short and that this one stands in for.
    """

    __tablename__ = "market_order_line"
    __table_args__ = (
        UniqueConstraint("order_id", "product_id"),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("delivered >= 0 AND delivered <= quantity", name="delivered"),
        CheckConstraint("taken >= 0 AND taken <= quantity", name="taken"),
        CheckConstraint("paid >= 0 AND refunded >= 0 AND refunded <= paid", name="refunded"),
        Index("ix_market_order_line_occasion_id", "occasion", "id"),
        Index("ix_market_order_line_seller_id_id", "seller_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("market_order.id"))
    occasion: Mapped[str] = mapped_column(String(40))
    product_id: Mapped[int] = mapped_column(ForeignKey("market_product.id"), index=True)
    seller_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
    seller_name: Mapped[str] = mapped_column(String(120))
    product_name: Mapped[str] = mapped_column(String(80))
    unit_label: Mapped[str] = mapped_column(String(40))
    price: Mapped[int] = mapped_column(BigInteger)
    quantity: Mapped[int]
    delivered: Mapped[int]
    taken: Mapped[int]
    tax_class: Mapped[str] = mapped_column(String(10))
    origin: Mapped[str] = mapped_column(String(120))
    storage: Mapped[str] = mapped_column(String(20), default="")
    activist_bp: Mapped[int]
    centre_bp: Mapped[int]
    paid: Mapped[int] = mapped_column(BigInteger, default=0)
    refunded: Mapped[int] = mapped_column(BigInteger, default=0)
    amount: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    sold_by: Mapped[str] = mapped_column(String(10), default="piece", server_default="piece")
    expected_g: Mapped[int | None]
    most_g: Mapped[int | None]
    weighed_g: Mapped[int | None]
    wish: Mapped[str] = mapped_column(String(12), default="less", server_default="less")
    substitute_up_to: Mapped[int | None] = mapped_column(BigInteger)
    substitute_for_id: Mapped[int | None] = mapped_column(ForeignKey("market_order_line.id"))
    certificate: Mapped[str] = mapped_column(String(120), default="", server_default="")
    allergens: Mapped[str] = mapped_column(String(200), default="", server_default="")
    container_id: Mapped[int | None] = mapped_column(ForeignKey("market_container.id"))


class OrderEvent(Base):
    """What happened to an order, in order; never changed."""

    __tablename__ = "market_order_event"
    __table_args__ = (Index("ix_market_order_event_order_id_id", "order_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("market_order.id"))
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    kind: Mapped[str] = mapped_column(String(20))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
