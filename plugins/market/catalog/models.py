"""Goods: what producers and shops offer, at the price that they set."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


def _listed(name: str, *columns: str) -> Index:
    return Index(
        f"ix_market_product_listed{name}",
        *columns,
        # SQLite uses a partial index only for a query that says the same in the same form.
        sqlite_where=text("listed = 1"),
        postgresql_where=text("listed"),
    )


class Product(Base):
    """One thing that can be ordered, in one unit, from one seller.

    ``unit_label`` is the unit as the seller wrote it and as it is shown ("한 단", "1.5kg");
    ``unit_code`` is the same for a machine: ``rules.Unit.from_code`` reads it.
    ``stock`` counts the units that can still be ordered, None is made or picked on demand.
    A quantity fits if it is ``minimum`` plus any number of ``step``.
    ``version`` rises with every change by the seller, not with sales.
    ``sold_by`` "weight": ``price`` is for a kilogram, ``expected_g`` what one piece weighs about,
    and what it costs is settled by the real weight at packing. Products of one ``family_id`` are
    the variants of one good, told apart by ``variant`` ("대", "소"). ``back_at``: when one that
    is off the list for this week only comes back by itself. ``listed_before`` is None unless
    stewards hide it: then whether it was listed before, and it cannot be listed meanwhile.
    """

    __tablename__ = "market_product"
    __table_args__ = (
        CheckConstraint("price > 0", name="price"),
        CheckConstraint("stock >= 0", name="stock"),
        CheckConstraint("minimum > 0", name="minimum"),
        CheckConstraint("step > 0", name="step"),
        CheckConstraint("tax_class IN ('exempt', 'taxed')", name="tax_class"),
        # The catalogue reads by name, whole or by category, and sees listed goods only.
        _listed("", "name", "id"),
        _listed("_category", "category", "name", "id"),
        Index("ix_market_product_seller_id_name", "seller_id", "name", "id"),
        # An import that is taken back deletes goods: what was written of them, in the history, in
        # other imports and in tiles that are kept, must not be said of those that come after.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    seller_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
    name: Mapped[str] = mapped_column(String(80))
    category: Mapped[str] = mapped_column(String(30), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    unit_code: Mapped[str] = mapped_column(String(40), default="piece")
    unit_label: Mapped[str] = mapped_column(String(40))
    price: Mapped[int] = mapped_column(BigInteger)
    tax_class: Mapped[str] = mapped_column(String(10), default="exempt")
    origin: Mapped[str] = mapped_column(String(120), default="")
    storage: Mapped[str] = mapped_column(String(20), default="")
    stock: Mapped[int | None]
    minimum: Mapped[int] = mapped_column(default=1)
    step: Mapped[int] = mapped_column(default=1)
    family_id: Mapped[int | None] = mapped_column(ForeignKey("market_product.id"), index=True)
    variant: Mapped[str] = mapped_column(String(40), default="", server_default="")
    sold_by: Mapped[str] = mapped_column(String(10), default="piece", server_default="piece")
    expected_g: Mapped[int | None]
    allergens: Mapped[str] = mapped_column(String(200), default="", server_default="")
    certification: Mapped[str] = mapped_column(String(30), default="", server_default="")
    certificate_number: Mapped[str] = mapped_column(String(60), default="", server_default="")
    certificate_until: Mapped[date | None]
    container_id: Mapped[int | None] = mapped_column(ForeignKey("market_container.id"))
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("core_picture.id"))
    listed: Mapped[bool] = mapped_column(default=True)
    back_at: Mapped[datetime | None]
    listed_before: Mapped[bool | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
