"""In which order the sections of the home page stand."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base


class HomePlace(Base):
    """Where stewards put a section, named by its template, for an audience: visitor or member.

    Sections without a row stand where their plugin wants them.
    """

    __tablename__ = "core_home_place"

    audience: Mapped[str] = mapped_column(String(10), primary_key=True)
    section: Mapped[str] = mapped_column(String(120), primary_key=True)
    place: Mapped[int]
    hidden: Mapped[bool] = mapped_column(default=False)
