"""Bringing what was held back: the digest, what waited for the morning, what came too thick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from ... import outbox
from ...answers import NoticeKind
from ...members import has_left
from ...models import Person
from ...node import Node
from ..models import Told
from ..queries import agrees, choices, kinds_of, times_of
from ..rules import DAILY, Times, Way, awake, mail_mode, way_of
from .asking import MAIL, ask_mail
from .writing import mail_of_many

__all__ = ["MAIL", "work_mail"]

Ready = tuple[Told, NoticeKind]

MOST_AT_ONCE = 500
"""Notices that are taken out for one mail; what is over goes with the next one."""


def work_mail(node: Node, payload: Mapping[str, Any]) -> None:
    """Send somebody everything that is due in one mail: {"person_id"}.

    Whoever comes second, because it was done twice or by two, finds nothing that is due.
    """
    person_id, now = int(payload["person_id"]), node.clock.now()
    with node.db.write() as session:
        due, times = _due(session, person_id, now), times_of(session, person_id)
        ready = [
            (row, kind) for row, kind in _known(node, due) if _may_leave(node, row, kind, times)
        ]
        for at in {row.mail_at for row in due if row.mail_at is not None}:
            ask_mail(session, person_id, at, now)
        _send(node, session, person_id, ready, times)


def _due(session: Session, person_id: int, now: datetime) -> Sequence[Told]:
    return session.scalars(
        select(Told)
        .where(Told.person_id == person_id, Told.mail_at <= now)
        .order_by(Told.id)
        .limit(MOST_AT_ONCE)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def _known(node: Node, due: Sequence[Told]) -> list[Ready]:
    """Return the notices of kinds that are still told here; nothing is sent of the others."""
    kinds, found = kinds_of(node), []
    for row in due:
        kind = kinds.get(row.kind)
        if kind is None:
            row.mail_at = None
        else:
            found.append((row, kind))
    return found


def _may_leave(node: Node, row: Told, kind: NoticeKind, times: Times) -> bool:
    """Take a notice out of what waits, unless it is night: there was nobody to send it by day."""
    now, zone = node.clock.now(), ZoneInfo(node.settings.node.time_zone)
    free = awake([kind], times, now, zone)
    row.mail_at = free if free > now else None
    # What was read on the site since need not be read once more; what is over is of no use.
    over = row.until is not None and row.until < now
    return row.mail_at is None and row.read_at is None and not over


def _send(
    node: Node, session: Session, person_id: int, ready: Sequence[Ready], times: Times
) -> None:
    person, now = session.get_one(Person, person_id), node.clock.now()
    if any(kind.is_advertising for _, kind in ready) and not agrees(session, person_id):
        ready = [(row, kind) for row, kind in ready if not kind.is_advertising]
    if not ready or person.blocked_at is not None or has_left(person):
        return
    key = f"notices:{person_id}:{ready[-1][0].id}"
    for row, _ in ready:
        row.mailed_at, row.mail_key = now, key
    chosen = choices(session, person_id)
    rows, told = [row for row, _ in ready], list({kind.name: kind for _, kind in ready}.values())
    daily = all(_mode(kind, chosen, times) == DAILY for kind in told)
    letter = mail_of_many(node, person, rows, told, times, daily=daily)
    outbox.enqueue(session, "mail", letter, key=key, at=now)


def _mode(kind: NoticeKind, chosen: Mapping[str, Way], times: Times) -> str:
    return mail_mode(kind, chosen.get(kind.name) or way_of(kind), times)
