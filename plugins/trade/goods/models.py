"""What the sellers of this node publish for others, and in which version."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base
from ....core.values import EMPTY_DIGEST


class Catalogue(Base):
    """The catalogue of a producer or shop, as other nodes may follow it once its owner wants it.

    ``seq`` counts all its changes. ``count`` and ``digest`` are of what stands in it now
    (``core.talk.PublicationState``). ``seller_name`` is the name that was last told with it;
    ``switched_by`` and ``switched_at`` say who switched it on or off last.
    """

    __tablename__ = "trade_publication"

    space_id: Mapped[int] = mapped_column(
        ForeignKey("core_space.id"), primary_key=True, autoincrement=False
    )
    published: Mapped[bool] = mapped_column(default=False, index=True)
    seq: Mapped[int] = mapped_column(default=0)
    count: Mapped[int] = mapped_column(default=0)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), default=EMPTY_DIGEST)
    seller_name: Mapped[str] = mapped_column(String(120), default="")
    switched_at: Mapped[datetime | None]
    switched_by: Mapped[int | None] = mapped_column(ForeignKey("core_person.id"))
    freshened_at: Mapped[datetime | None]


class Published(Base):
    """What was last told of one product: never deleted, so that its version only grows.

    ``seq`` is the catalogue's count at its last change. ``product_version`` and ``stock`` are what
    the product had then; a product that was deleted keeps its row, so there is no foreign key.
    ``gone_at``: since then a tombstone stands for it.
    """

    __tablename__ = "trade_item"
    __table_args__ = (Index("ix_trade_item_space_id_seq", "space_id", "seq"),)

    product_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    space_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
    seq: Mapped[int]
    version: Mapped[int]
    product_version: Mapped[int]
    stock: Mapped[int | None]
    updated_at: Mapped[datetime]
    gone_at: Mapped[datetime | None]
