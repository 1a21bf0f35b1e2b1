"""Webhooks as people make and end them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from .. import audit, members
from ..errors import Invalid, Refused
from ..models import Space, Webhook, WebhookDelivery
from ..node import Node
from ..values import Message
from .telling import kinds

MOST = 5
"""Webhooks that one person may have for one space."""

LONGEST = 500
"""Letters of an address."""

_NO_URL = Message("Please write a whole address that begins with https.", {})


@dataclass(frozen=True, slots=True)
class Wish:
    """A webhook as somebody wants it; ``space_id`` None is everything on the node."""

    url: str
    kinds: Collection[str]
    space_id: int | None


def make(session: Session, node: Node, person_id: int, wish: Wish) -> Webhook:
    """Let an address be told of facts; whether the person runs the space is asked before."""
    if members.stays(session, person_id) is None:
        raise Refused("This account is closed.")
    url = _checked_url(node, wish.url)
    _check_kinds(node, session, wish)
    mine = select(func.count()).select_from(Webhook).where(Webhook.person_id == person_id)
    here = Webhook.space_id.is_not_distinct_from(wish.space_id)
    if (session.scalar(mine.where(here)) or 0) >= MOST:
        raise Refused("There are %(most)s webhooks here already. Please end one first.", most=MOST)
    now = node.clock.now()
    hook = Webhook(
        person_id=person_id, space_id=wish.space_id, url=url, kinds=sorted(set(wish.kinds)),
        salt=node.random.token(), created_at=now,
    )  # fmt: skip
    session.add(hook)
    session.flush()
    record(session, node, "webhook.made", hook, kinds=hook.kinds)
    return hook


def _checked_url(node: Node, url: str) -> str:
    """Return an address that may be called: https, and http too on a node that is tried out."""
    schemes = ("https", "http") if node.settings.server.development else ("https",)
    plain = url.isascii() and url.isprintable() and not set(url) & set(" #\\@")
    try:
        parts = urlsplit(url)
        fits = plain and parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:  # half an address, or a port that is none
        fits = False
    if not fits or len(url) > LONGEST:
        raise Invalid(
            {"url": [Message("Please write a whole address that begins with https.", {})]}
        )
    return url


def _check_kinds(node: Node, session: Session, wish: Wish) -> None:
    """Refuse what never happens at a space of this kind."""
    space = None if wish.space_id is None else session.get_one(Space, wish.space_id)
    known = {kind.name for kind in kinds(node) if space is None or space.kind in kind.spaces}
    if not wish.kinds or not known >= set(wish.kinds):
        raise Invalid({"kinds": [Message("Please choose what is to be told.", {})]})


def switch_on(session: Session, node: Node, hook: Webhook) -> None:
    """Send again from now on, to an address that was given up."""
    hook.ended_at, hook.failing_since, hook.why = None, None, ""
    record(session, node, "webhook.switched_on", hook)


def end(session: Session, node: Node, hook: Webhook) -> None:
    """Forget an address with all that it was told."""
    record(session, node, "webhook.ended", hook)
    session.execute(delete(WebhookDelivery).where(WebhookDelivery.webhook_id == hook.id))
    session.delete(hook)


def end_all(session: Session, person_id: int) -> None:
    """Forget all webhooks of somebody who leaves."""
    mine = select(Webhook.id).where(Webhook.person_id == person_id)
    session.execute(delete(WebhookDelivery).where(WebhookDelivery.webhook_id.in_(mine)))
    session.execute(delete(Webhook).where(Webhook.person_id == person_id))


def record(session: Session, node: Node, action: str, hook: Webhook, **details: Any) -> None:
    """Write down in the audit log what was done with a webhook, by whom it belongs to."""
    audit.record(
        session, action, at=node.clock.now(), person_id=hook.person_id,
        subject=("webhook", hook.id), **details,
    )  # fmt: skip
