"""Telling: what has happened is written down for each webhook that listens, and sent later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, or_, select
from sqlalchemy.orm import Session

from .. import outbox
from ..answers import WebhookKind
from ..models import Grant, Person, Webhook, WebhookDelivery
from ..node import Node
from ..statements import Statement
from ..values import STEWARD

JOB = "webhook"
SWEEP = "webhook.sweep"
KEPT = timedelta(days=30)
"""How long what was told is shown."""

_hook, _grant, _person = Webhook.__table__.c, Grant.__table__.c, Person.__table__.c
_RUNS = (
    select(_grant.id)
    .where(
        _grant.person_id == _hook.person_id,
        or_(
            _grant.space_id == _hook.space_id, _grant.space_id.is_(None) & (_grant.role == STEWARD)
        ),
    )
    .exists()
)
"""Whoever made it still runs the space, or the node."""

_LISTENING = Statement(
    select(_hook.id, _hook.kinds)
    .join(Person.__table__, _person.id == _hook.person_id)
    .where(
        _hook.ended_at.is_(None),
        or_(_hook.space_id == bindparam("space_id"), _hook.space_id.is_(None)),
        _person.blocked_at.is_(None),
        _RUNS,
    )
    .order_by(_hook.id)
)


LISTENING = (
    select(func.count())
    .select_from(Webhook.__table__)
    .where(_hook.ended_at.is_(None))
    .scalar_subquery()
    .label("listening")
)
"""How many webhooks there are at all: a hot path asks for it with what it asks anyway, and tells
nothing where nobody would hear it."""


def kinds(node: Node) -> Sequence[WebhookKind]:
    """Return all kinds of facts that webhooks can be told here."""
    found: list[WebhookKind] = node.host.collect("webhook_kinds", node=node)
    return found


def tell(
    session: Session, kind: str, space_id: int, data: Mapping[str, Any], *, at: datetime
) -> None:
    """Tell who listens that ``kind`` happened at a space, in the transaction in which it did.

    ``data`` says what: ids, names and moments of things, never of people.
    """
    rows = _LISTENING.all(session, {"space_id": space_id})
    for hook_id in [row.id for row in rows if kind in row.kinds]:
        told = WebhookDelivery(webhook_id=hook_id, kind=kind, data=_plain(data), created_at=at)
        session.add(told)
        session.flush()
        outbox.enqueue(session, JOB, {"delivery_id": told.id}, key=f"{JOB}:{told.id}", at=at)
        outbox.enqueue(session, SWEEP, {}, key=f"{SWEEP}:{at.date()}", at=at + timedelta(days=1))


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is told as JSON can keep it; moments with their offset (RFC 3339)."""
    return {
        name: value.isoformat(timespec="seconds") if isinstance(value, datetime) else value
        for name, value in data.items()
    }


def sweep(node: Node, _payload: Mapping[str, Any]) -> None:
    """Forget what was told long ago."""
    before = node.clock.now() - KEPT
    with node.db.write() as session:
        session.execute(delete(WebhookDelivery).where(WebhookDelivery.created_at < before))
