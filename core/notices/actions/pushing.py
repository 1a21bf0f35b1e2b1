"""Push messages: to each browser of whoever is told, by a job of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ... import outbox
from ...errors import Later, Unreachable
from ...node import Node
from ..models import Browser, Told
from ..queries import browsers, kinds_of, times_of
from ..rules import awake
from .asking import PUSH, PUSH_ONE
from .browsers import keys_of
from .keys import vapid_of

if TYPE_CHECKING:
    from ...outgoing import Answer

__all__ = ["PUSH", "PUSH_ONE", "work_push", "work_push_one"]

SECONDS = 8.0
STALE = timedelta(days=1)
"""After so long nobody wants to be startled by it; it still stands on the bell."""

_UNTIED = frozenset({401, 403})
"""The browser was tied to another key than ours is now: it is asked again (RFC 8292, 4.2)."""


@dataclass(frozen=True, slots=True)
class _Message:
    """What is to be sent: the browser as it is kept, and the notice."""

    browser: Browser
    notice: Told


def work_push(node: Node, payload: Mapping[str, Any]) -> None:
    """Ask for a message to each browser of somebody: {"person_id", "key"}.

    Not at night, and not if they have read it meanwhile.
    """
    person_id, now = int(payload["person_id"]), node.clock.now()
    with node.db.write() as session:
        notice = session.scalar(
            select(Told).where(Told.person_id == person_id, Told.key == payload["key"])
        )
        if notice is None or not _is_fresh(node, notice):
            return
        _wait_for_morning(node, session, notice)
        for browser in browsers(session, person_id):
            given = {"browser_id": browser.id, "notice_id": notice.id}
            key = f"{PUSH_ONE}:{notice.id}:{browser.id}"
            outbox.enqueue(session, PUSH_ONE, given, key=key, at=now)


def work_push_one(node: Node, payload: Mapping[str, Any]) -> None:
    """Send one message to one browser: {"browser_id", "notice_id"}; no transaction is open.

    A browser that is gone is dropped; a service that wants us to come later is asked later.
    """
    with node.db.read() as session:
        browser = session.get(Browser, int(payload["browser_id"]))
        notice = session.get(Told, int(payload["notice_id"]))
        if browser is None or notice is None or browser.person_id != notice.person_id:
            return
        if not _is_fresh(node, notice):
            return
        _wait_for_morning(node, session, notice)
        session.expunge_all()
    answer = _sent(node, _Message(browser, notice))
    _judge(node, browser, answer)


def _sent(node: Node, message: _Message) -> Answer:
    from ...webpush import Receiver, request

    browser, notice = message.browser, message.notice
    # The title and where it leads, and nothing else: it lies on a screen that others see.
    words = {"title": notice.title, "url": f"/me/notices/{notice.id}/go"}
    asked = request(
        Receiver(browser.endpoint, *keys_of(browser.public, browser.auth)),
        json.dumps(words, ensure_ascii=False).encode(),
        vapid_of(node),
        contact=f"mailto:{node.settings.operator.email}",
        at=node.clock.now(),
        topic=notice.key,
    )
    return node.ports.http.fetch(
        "POST", asked.url, headers=asked.headers, body=asked.body, most=64_000, seconds=SECONDS
    )


def _judge(node: Node, browser: Browser, answer: Answer) -> None:
    from ...webpush import is_gone, retry_after

    if answer.status < 300:
        return
    if is_gone(answer.status) or answer.status in _UNTIED:
        with node.db.write() as session:
            # Asked anew meanwhile, it has other keys, and stays.
            session.execute(
                delete(Browser).where(Browser.id == browser.id, Browser.auth == browser.auth)
            )
        return
    later = retry_after(answer.headers.get("retry-after", ""), now=node.clock.now())
    busy = answer.status == 429 or answer.status >= 500
    if busy and later is not None:
        raise Later(later)
    raise Unreachable(
        "The push service answered %(status)s.", permanent=not busy, status=answer.status
    )


def _is_fresh(node: Node, notice: Told) -> bool:
    now = node.clock.now()
    over = notice.until is not None and notice.until < now
    return notice.read_at is None and not over and notice.told_at > now - STALE


def _wait_for_morning(node: Node, session: Session, notice: Told) -> None:
    kind, now = kinds_of(node).get(notice.kind), node.clock.now()
    zone = ZoneInfo(node.settings.node.time_zone)
    free = awake([kind] if kind else [], times_of(session, notice.person_id), now, zone)
    if free > now:
        raise Later(free)
