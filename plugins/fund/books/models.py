"""Where the fund's money came from: what the ledger's entries do not say by themselves."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ....core.db import Base


class Income(Base):
    """The source of a posting that paid into the fund; the won stand in the ledger alone.

    ``occasion`` is where and when the goods were sold, ``title`` its name for people.
    """

    __tablename__ = "fund_income"

    posting: Mapped[str] = mapped_column(String(120), primary_key=True)
    occasion: Mapped[str] = mapped_column(String(40), index=True)
    title: Mapped[str] = mapped_column(String(120))
    hub_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
    hub_name: Mapped[str] = mapped_column(String(120))
    seller_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
    seller_name: Mapped[str] = mapped_column(String(120))
