"""Webhooks: addresses that are told what happens here, and each thing that they were told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Base


class Webhook(Base):
    """An address that is told facts of these ``kinds`` about a space, or about all (None).

    What signs them is made of ``salt`` and the node's secret, so that a copy of the database
    signs nothing. ``failing_since``: no delivery has arrived since then. ``ended_at``: nothing is
    sent any more, for the reason ``why`` ("gone", "failing", "role", "person").
    """

    __tablename__ = "core_webhook"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("core_person.id"), index=True)
    space_id: Mapped[int | None] = mapped_column(ForeignKey("core_space.id"), index=True)
    url: Mapped[str] = mapped_column(String(500))
    kinds: Mapped[list[str]] = mapped_column(JSON)
    salt: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    failing_since: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    why: Mapped[str] = mapped_column(String(20), default="", server_default="")


class WebhookDelivery(Base):
    """One thing that a webhook is told: ``kind`` of fact and the ``data`` of it.

    ``state``: waiting, done, or failed (after the last try; a person can send it again).
    ``status`` is what the receiver answered last, ``error`` why there was no answer.
    """

    __tablename__ = "core_webhook_delivery"
    __table_args__ = (Index("ix_core_webhook_delivery_webhook_id_id", "webhook_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    webhook_id: Mapped[int] = mapped_column(ForeignKey("core_webhook.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(40))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(index=True)
    tried_at: Mapped[datetime | None]
    status: Mapped[int | None]
    error: Mapped[str] = mapped_column(String(300), default="", server_default="")
