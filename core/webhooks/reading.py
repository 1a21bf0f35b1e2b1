"""Webhooks and what they were told, as those see it who made them."""

from __future__ import annotations

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from ..errors import NotFound
from ..models import Webhook, WebhookDelivery


def of(session: Session, person_id: int) -> list[Webhook]:
    """Return a person's webhooks, the newest first."""
    mine = select(Webhook).where(Webhook.person_id == person_id)
    return list(session.scalars(mine.order_by(Webhook.id.desc())))


def own(session: Session, person_id: int, hook_id: int) -> Webhook:
    """Return one of the person's own webhooks; NotFound if it is none."""
    hook = session.get(Webhook, hook_id)
    if hook is None or hook.person_id != person_id:
        raise NotFound("There is no such webhook.")
    return hook


def deliveries(
    session: Session, hook_id: int, *, before: int | None = None, limit: int = 30
) -> list[WebhookDelivery]:
    """Return what a webhook was told, the last first, below the id ``before``."""
    told = select(WebhookDelivery).where(
        WebhookDelivery.webhook_id == hook_id,
        true() if before is None else WebhookDelivery.id < before,
    )
    return list(session.scalars(told.order_by(WebhookDelivery.id.desc()).limit(limit)))


def delivery_of(
    session: Session, delivery_id: int, *, held: bool = False
) -> tuple[Webhook, WebhookDelivery] | None:
    """Return a delivery with its webhook, both locked if they are ``held``; None if it is gone."""
    delivery = session.get(WebhookDelivery, delivery_id)
    if delivery is None:
        return None
    # The webhook first, as everywhere: two deliveries of one never wait for each other in a circle.
    hook = session.get(Webhook, delivery.webhook_id, with_for_update=held, populate_existing=held)
    if held:
        session.refresh(delivery, with_for_update=True)
    return None if hook is None else (hook, delivery)
