"""Who on other nodes follows what is published here, and what is followed there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Base
from ...core.values import EMPTY_DIGEST


class Follower(Base):
    """An actor of another node that follows a publication of a space here.

    ``request`` is the address of its Follow, ``told_seq`` the last change that it was told of.
    """

    __tablename__ = "federation_follower"
    __table_args__ = (
        UniqueConstraint("space_id", "name", "actor"),
        Index("ix_federation_follower_host", "host"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("core_space.id"))
    name: Mapped[str] = mapped_column(String(40))
    actor: Mapped[str] = mapped_column(String(300))
    host: Mapped[str] = mapped_column(String(260))
    request: Mapped[str] = mapped_column(String(300))
    told_seq: Mapped[int] = mapped_column(default=0)
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Followed(Base):
    """A publication of another node's actor that is followed here.

    ``seq`` is the last change there that is known here, ``digest`` how it stood there then and
    ``count`` how many things of it the plugin holds. ``whole``: it was read from its beginning to
    its end; ``partly``: some things of it could not be used, so that what is held here cannot be
    compared with what is there. ``reading`` names the whole reading that began last.
    ``fetched_at``: when it was last known to be as there. ``problem`` says in words what is wrong.
    ``space_id`` is the space that asked for it, None the node.
    """

    __tablename__ = "federation_followed"
    __table_args__ = (
        UniqueConstraint("actor", "name"),
        CheckConstraint("state IN ('asked', 'accepted', 'refused', 'ended')", name="state"),
        Index("ix_federation_followed_host", "host"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    actor: Mapped[str] = mapped_column(String(300))
    name: Mapped[str] = mapped_column(String(40))
    host: Mapped[str] = mapped_column(String(260))
    space_id: Mapped[int | None] = mapped_column(ForeignKey("core_space.id"))
    request: Mapped[str] = mapped_column(String(300), unique=True)
    state: Mapped[str] = mapped_column(String(10), default="asked")
    seq: Mapped[int] = mapped_column(default=0)
    count: Mapped[int] = mapped_column(default=0)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), default=EMPTY_DIGEST)
    whole: Mapped[bool] = mapped_column(default=False)
    partly: Mapped[bool] = mapped_column(default=False)
    fetched_at: Mapped[datetime | None]
    reading: Mapped[str] = mapped_column(String(40), default="")
    problem: Mapped[str] = mapped_column(String(300), default="")
    asked_at: Mapped[datetime]

    @property
    def collection(self) -> str:
        """The address of the publication."""
        return f"{self.actor}/{self.name}"
