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
from ..queries import choices, kinds_of, times_of
from ..rules import DAILY, Times, Way, after_quiet, mail_mode, way_of
from .asking import MAIL, ask_mail
from .writing import mail_of_many

__all__ = ["MAIL", "work_mail"]

MOST_AT_ONCE = 500
"""Notices that are taken out for one mail; what is over goes with the next one."""


def work_mail(node: Node, payload: Mapping[str, Any]) -> None:
    """Send somebody everything that is due in one mail: {"person_id"}.

    Whoever comes second, because it was done twice or by two, finds nothing that is due.
    """
    person_id, now = int(payload["person_id"]), node.clock.now()
    with node.db.write() as session:
        due = _due(session, person_id, now)
        if not due:
            return
        times = times_of(session, person_id)
        morning = _morning(node, times, now)
        if morning > now:  # there was nobody to send it until night
            for row in due:
                row.mail_at = morning
            ask_mail(session, person_id, morning, now)
            return
        _send(node, session, person_id, due, times, now)


def _due(session: Session, person_id: int, now: datetime) -> Sequence[Told]:
    return session.scalars(
        select(Told)
        .where(Told.person_id == person_id, Told.mail_at <= now)
        .order_by(Told.id)
        .limit(MOST_AT_ONCE)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def _morning(node: Node, times: Times, now: datetime) -> datetime:
    zone = ZoneInfo(node.settings.node.time_zone)
    return after_quiet(now, zone, times.quiet_from, times.quiet_until)


def _send(
    node: Node, session: Session, person_id: int, due: Sequence[Told], times: Times, now: datetime
) -> None:
    person = session.get_one(Person, person_id)
    chosen, kinds = choices(session, person_id), kinds_of(node)
    for row in due:
        row.mail_at = None
    wanted = [
        (row, kind)
        for row in due
        if (kind := kinds.get(row.kind)) is not None and _is_wanted(row, now)
    ]
    if not wanted or person.blocked_at is not None or has_left(person):
        return
    key = f"notices:{person_id}:{wanted[-1][0].id}"
    for row, _ in wanted:
        row.mailed_at, row.mail_key = now, key
    rows, told = [row for row, _ in wanted], list({kind.name: kind for _, kind in wanted}.values())
    daily = all(_mode(kind, chosen, times) == DAILY for kind in told)
    letter = mail_of_many(node, person, rows, told, times, daily=daily)
    outbox.enqueue(session, "mail", letter, key=key, at=now)


def _is_wanted(row: Told, now: datetime) -> bool:
    # What was read on the site since need not be read once more; what is over is of no use.
    return row.read_at is None and (row.until is None or row.until >= now)


def _mode(kind: NoticeKind, chosen: Mapping[str, Way], times: Times) -> str:
    return mail_mode(kind, chosen.get(kind.name) or way_of(kind), times)
