"""Who this node is to others and whom it trusts: keys, peers, remote actors, seen signatures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Base


class Key(Base):
    """A key of this node; ``name`` is the fragment of its address ("rsa-1").

    ``state``: published (beside the one that signs), signing, or retired: then its private half is
    gone. ``public`` is what others read: a PEM, or a Multikey's multibase. ``sealed`` is the
    private half, encrypted with a key made of the node's secret.
    """

    __tablename__ = "federation_key"
    __table_args__ = (
        UniqueConstraint("kind", "number"),
        CheckConstraint("kind IN ('rsa', 'ed25519')", name="kind"),
        CheckConstraint("state IN ('published', 'signing', 'retired')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))
    public: Mapped[str] = mapped_column(Text)
    sealed: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]

    @property
    def name(self) -> str:
        return f"{self.kind}-{self.number}"


class Peer(Base):
    """Another node by its ``host``, and how we stand to it (``rules.states``).

    ``fingerprint`` tells its keys as the steward saw them last. ``skew`` is how many seconds its
    clock was ahead at the last contact. ``rfc9421``: it is known to read such signatures, or not;
    a no holds until ``draft_until``. ``asked_id`` is the id of the Follow that they sent,
    ``asking_id`` of ours. ``note`` is what somebody wrote in the form of the open call.
    """

    __tablename__ = "federation_peer"
    __table_args__ = (Index("ix_federation_peer_state", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    host: Mapped[str] = mapped_column(String(255), unique=True)
    state: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(120), default="")
    region: Mapped[str] = mapped_column(String(120), default="")
    software: Mapped[str] = mapped_column(String(120), default="")
    actor: Mapped[str] = mapped_column(String(500), default="")
    fingerprint: Mapped[str] = mapped_column(String(100), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    asking_id: Mapped[str] = mapped_column(String(500), default="")
    asked_id: Mapped[str] = mapped_column(String(500), default="")
    rfc9421: Mapped[bool | None]
    draft_until: Mapped[datetime | None]
    skew: Mapped[int | None]
    made_at: Mapped[datetime]
    since: Mapped[datetime | None]
    contact_at: Mapped[datetime | None]


class Actor(Base):
    """An actor of another node as its document said at ``fetched_at``; ``id`` is its address.

    ``keys`` are those that it lists, as the verifier takes them; ``tried_at`` is when it last asked
    for them, ``failure`` why they were not had ("reason: sentence"), and ``again``: the actor was
    known then. ``shared`` is the inbox that all actors of its node have besides their own.
    ``looked_at`` is when somebody else of us asked for the document. ``gone_at``: its
    node said that there is no such actor any more.
    """

    __tablename__ = "federation_actor"

    id: Mapped[str] = mapped_column(String(500), primary_key=True)
    host: Mapped[str] = mapped_column(String(255), index=True)
    kind: Mapped[str] = mapped_column(String(20), default="")
    name: Mapped[str] = mapped_column(String(120), default="")
    handle: Mapped[str] = mapped_column(String(120), default="")
    inbox: Mapped[str] = mapped_column(String(500), default="")
    shared: Mapped[str] = mapped_column(String(500), default="")
    keys: Mapped[list[Any]] = mapped_column(JSON, default=list)
    fetched_at: Mapped[datetime | None]
    tried_at: Mapped[datetime | None]
    failure: Mapped[str] = mapped_column(Text, default="")
    again: Mapped[bool] = mapped_column(default=False)
    looked_at: Mapped[datetime | None]
    gone_at: Mapped[datetime | None]


class Voice(Base):
    """What an actor of this node ("space:7", "person:5") has chosen for those who follow it.

    ``by_hand``: who wants to follow waits until it is let in. ``version`` counts the changes of its
    document that followers were told of. ``gone_at``: it has left, and its address says so.
    """

    __tablename__ = "federation_voice"

    author: Mapped[str] = mapped_column(String(40), primary_key=True)
    by_hand: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=0)
    gone_at: Mapped[datetime | None]


class Budget(Base):
    """How many bytes somebody brought or read (``way``) in one ``hour`` since 1970.

    ``who`` is the host of a node that has signed, or a place in the network.
    """

    __tablename__ = "federation_budget"

    who: Mapped[str] = mapped_column(String(255), primary_key=True)
    way: Mapped[str] = mapped_column(String(10), primary_key=True)
    hour: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    size: Mapped[int] = mapped_column(BigInteger)


class Seen(Base):
    """A signature that was taken, until it is too old to be taken again."""

    __tablename__ = "federation_seen"

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    until: Mapped[datetime] = mapped_column(index=True)
