"""Delivering: one try after the other, until it arrives or is given up and somebody is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from threading import Event
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.orm import Session

from .. import members, outbox
from ..answers import Service
from ..errors import NotFound, Refused, Unreachable
from ..models import Person, Webhook, WebhookDelivery
from ..node import Node
from ..outgoing import Answer, Failed
from ..values import At, Message
from .reading import delivery_of
from .registering import record
from .signing import body_of, signed
from .telling import JOB

PATIENCE = timedelta(days=5)
"""After so long without any arrival nothing more is sent."""

SECONDS = 8.0
"""How long a receiver may take to answer."""

ANSWER = 16 * 1024
"""Bytes of an answer that are read; what it says is not looked at."""

TRIES = len(outbox.DELAYS)
"""After so many a delivery is given up; a person can send it again."""

LOOK = 3.0
"""Seconds between two looks for what is due."""

GONE = 410
log = structlog.get_logger("wizzle.webhooks")


def service() -> Service:
    """Return the work of delivering: beside the jobs, since a receiver may be slow."""
    return Service("webhooks", deliver_due, _go_on)


def deliver_due(node: Node) -> int:
    """Deliver what is due now, and return how many were tried."""
    return outbox.run_due(node.db, node.clock, {JOB: partial(deliver, node)})


def _go_on(node: Node, stop: Event) -> None:
    while not stop.is_set():
        try:
            deliver_due(node)
        except Exception:  # whatever it is: no webhook would be told any more
            log.exception("webhooks could not be delivered")
        stop.wait(LOOK)


def deliver(node: Node, payload: Mapping[str, Any]) -> None:
    """Send one delivery; what fails is tried again by the outbox, until it is given up."""
    with node.db.read() as session:
        found = delivery_of(session, int(payload["delivery_id"]))
        if found is None or not _is_wanted(session, *found):
            return
        hook, delivery = found
        headers = signed(node, hook, delivery, node.clock.now())
        url, body = hook.url, body_of(delivery)
    try:
        answer = _sent(node, url, headers, body)
        status, error = answer.status, ""
    except Failed as failed:
        status, error = None, failed.reason
    arrived = status is not None and 200 <= status < 300
    with node.db.write() as session:
        goes_on = _noted(node, session, int(payload["delivery_id"]), status, error)
    if not arrived and goes_on:
        raise Unreachable("A webhook did not take what it was told.")


def _is_wanted(session: Session, hook: Webhook, delivery: WebhookDelivery) -> bool:
    if delivery.state != "waiting" or hook.ended_at is not None:
        return False
    return session.get_one(Person, hook.person_id).blocked_at is None


def _sent(node: Node, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
    return node.ports.http.fetch(
        "POST", url, headers=headers, body=body, most=ANSWER, seconds=SECONDS, redirects=0
    )


def _noted(node: Node, session: Session, delivery_id: int, status: int | None, error: str) -> bool:
    """Write down how a try went, and say whether there is to be another one."""
    found = delivery_of(session, delivery_id, held=True)
    if found is None:
        return False
    hook, delivery = found
    now = node.clock.now()
    delivery.tries += 1
    delivery.tried_at, delivery.status, delivery.error = now, status, error
    if status is not None and 200 <= status < 300:
        delivery.state, hook.failing_since = "done", None
        return False
    hook.failing_since = hook.failing_since or now
    if status == GONE:
        _end(node, session, hook, "gone")
    elif now - hook.failing_since >= PATIENCE:
        _end(node, session, hook, "failing")
    if hook.ended_at is not None or delivery.tries >= TRIES:
        delivery.state = "failed"
    return delivery.state == "waiting"


def _end(node: Node, session: Session, hook: Webhook, why: str) -> None:
    hook.ended_at, hook.why = node.clock.now(), why
    record(session, node, "webhook.gave_up", hook, why=why)
    person = session.get_one(Person, hook.person_id)
    if members.has_left(person):
        return
    tongue = node.catalogues.tongue(person.language)
    zone = ZoneInfo(node.settings.node.time_zone)
    values = {
        "name": person.name, "node": node.settings.node.name, "address": hook.url,
        "url": f"{node.settings.node.address.rstrip('/')}/me/webhooks/{hook.id}",
        "since": At(hook.failing_since or hook.ended_at, zone),
    }  # fmt: skip
    text = Message(
        "Hello %(name)s,\n\n"
        "%(address)s has not taken what it was to be told since %(since)s, so nothing more is sent "
        "there. What could not be sent, and how to switch it on again, is on this page:\n\n"
        "%(url)s",
        values,
    )
    letter = {
        "to": person.email,
        "subject": tongue.say(Message("%(node)s: a webhook is switched off", values)),
        "text": tongue.say(text) + "\n",
    }
    outbox.enqueue(session, "mail", letter, key=f"mail:webhook:{hook.id}:{hook.ended_at}",
                   at=node.clock.now())  # fmt: skip


def send_again(session: Session, node: Node, hook: Webhook, delivery_id: int) -> None:
    """Send a delivery of this webhook once more, with its full number of tries."""
    found = delivery_of(session, delivery_id, held=True)
    if found is None or found[0].id != hook.id:
        raise NotFound("There is no such delivery.")
    delivery = found[1]
    if hook.ended_at is not None:
        raise Refused("This webhook is switched off. Please switch it on first.")
    if delivery.state == "waiting":
        return
    now = node.clock.now()
    delivery.state, delivery.tries = "waiting", 0
    key = f"{JOB}:{delivery.id}:again:{now.isoformat()}"
    outbox.enqueue(session, JOB, {"delivery_id": delivery.id}, key=key, at=now)
