"""What of this node everyone may read, as followers elsewhere have it, and who those are."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Base


class Thing(Base):
    """Something public of an ``author`` ("space:7", "person:5"), at ``/things/<id>`` for ever.

    ``version`` grows with each change, ``told`` is the one that followers have. Of what is gone
    only the row is left, so that its address is never given to something else; what is made public
    again has another one. ``passed_on``: it is somebody else's, at this address.
    """

    __tablename__ = "federation_thing"
    __table_args__ = (
        Index("ix_federation_thing_subject", "subject"),
        Index("ix_federation_thing_author_id", "author", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(80))
    author: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(300), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    path: Mapped[str] = mapped_column(String(500), default="")
    picture: Mapped[str] = mapped_column(String(80), default="")
    caption: Mapped[str] = mapped_column(String(500), default="")
    place: Mapped[str] = mapped_column(String(300), default="")
    tags: Mapped[list[Any]] = mapped_column(JSON, default=list)
    passed_on: Mapped[str] = mapped_column(String(500), default="")
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    at: Mapped[datetime]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    told: Mapped[int] = mapped_column(default=0)
    gone_at: Mapped[datetime | None]


class Listener(Base):
    """An actor of another node that follows an author of this one.

    ``state``: "asked" until somebody of ours has let it in, then "following". ``inbox`` is the one
    that it shares with others of its node, its own if it shares none. ``request`` is the id of its
    Follow, ``name`` what it is called there.
    """

    __tablename__ = "federation_listener"
    __table_args__ = (
        UniqueConstraint("author", "actor"),
        Index("ix_federation_listener_author_state_inbox", "author", "state", "inbox"),
        Index("ix_federation_listener_host", "host"),
        Index("ix_federation_listener_actor", "actor"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    author: Mapped[str] = mapped_column(String(40))
    actor: Mapped[str] = mapped_column(String(500))
    host: Mapped[str] = mapped_column(String(255))
    inbox: Mapped[str] = mapped_column(String(500))
    name: Mapped[str] = mapped_column(String(300), default="")
    request: Mapped[str] = mapped_column(String(500))
    state: Mapped[str] = mapped_column(String(10))
    since: Mapped[datetime]


class Echo(Base):
    """Somebody elsewhere likes something public ("Like") or passes it on ("Announce")."""

    __tablename__ = "federation_echo"
    __table_args__ = (
        UniqueConstraint("thing_id", "kind", "actor"),
        Index("ix_federation_echo_actor", "actor"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    thing_id: Mapped[int] = mapped_column(ForeignKey("federation_thing.id"))
    kind: Mapped[str] = mapped_column(String(10))
    actor: Mapped[str] = mapped_column(String(500))
    uri: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime]
