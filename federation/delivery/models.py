"""Letters to other nodes, documents that came from them, and how the way to each host does."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Base


class Sent(Base):
    """A letter to another node; ``body`` is sent byte for byte as it stands here.

    ``state``: waiting, arrived, dead (``reason`` says why), or settled by a steward. ``due_at`` is
    when it is tried next, None while the tie is paused. ``until`` is what the letter itself says,
    ``ends_at`` when it is given up. ``answer`` is what the other node answered last. ``sender`` is
    a person that sends it ("person:5"). ``direct``: ``actor`` is not an actor but an inbox.
    """

    __tablename__ = "federation_letter"
    __table_args__ = (
        Index("ix_federation_letter_state_due_at_host", "state", "due_at", "host"),
        Index("ix_federation_letter_state_ends_at", "state", "ends_at"),
        Index("ix_federation_letter_host_lane_state", "host", "lane", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uri: Mapped[str] = mapped_column(String(500), unique=True)
    host: Mapped[str] = mapped_column(String(255))
    lane: Mapped[str] = mapped_column(String(200))
    actor: Mapped[str] = mapped_column(String(500))
    sender_id: Mapped[int | None]
    sender: Mapped[str] = mapped_column(String(40), default="")
    direct: Mapped[bool] = mapped_column(default=False)
    kind: Mapped[str] = mapped_column(String(60))
    object_kind: Mapped[str] = mapped_column(String(60))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    mark: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    reason: Mapped[str] = mapped_column(String(20), default="")
    note: Mapped[str] = mapped_column(String(300), default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None]
    until: Mapped[datetime | None]
    ends_at: Mapped[datetime]
    written_at: Mapped[datetime]
    tried_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class Flight(Base):
    """A lane whose letters are on their way now, until the lease of whoever sends them ends.

    Those with one ``token`` are sent over one connection, one after the other.
    """

    __tablename__ = "federation_flight"
    __table_args__ = (Index("ix_federation_flight_token", "token"),)

    host: Mapped[str] = mapped_column(String(255), primary_key=True)
    lane: Mapped[str] = mapped_column(String(200), primary_key=True)
    token: Mapped[str] = mapped_column(String(64))
    until: Mapped[datetime]


class Route(Base):
    """The way to a host, as ``rules.circuit`` has it."""

    __tablename__ = "federation_route"

    host: Mapped[str] = mapped_column(String(255), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    since: Mapped[datetime | None]
    opened: Mapped[int] = mapped_column(default=0)
    quiet_until: Mapped[datetime | None]


class Arrived(Base):
    """A document that came into an inbox, verified; its ``uri`` names this content for ever.

    ``inbox`` is the id of the space that it came to, 0 the node's own. ``state``: waiting, done,
    ignored (nobody here knows such a thing), refused (``note`` says why), or failed. ``thread``
    marks the matter, within which they are handled in the order they came in. ``public``: who
    brought it may speak of nothing but what everyone may read.
    """

    __tablename__ = "federation_received"
    __table_args__ = (
        UniqueConstraint("inbox", "uri"),
        Index("ix_federation_received_state_due_at", "state", "due_at"),
        Index("ix_federation_received_actor_thread_state", "actor", "thread", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inbox: Mapped[int]
    uri: Mapped[str] = mapped_column(String(500))
    host: Mapped[str] = mapped_column(String(255))
    actor: Mapped[str] = mapped_column(String(500))
    thread: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(60))
    object_kind: Mapped[str] = mapped_column(String(60))
    space_id: Mapped[int | None]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    mark: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bool]
    public: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    note: Mapped[str] = mapped_column(Text, default="")
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None]
    received_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
