"""Choosing: how each kind of notice is told, at which hours, and no mail of it any more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, delete, select
from sqlalchemy.orm import Session

from ...answers import NoticeKind
from ...errors import Invalid, NotFound
from ...members import stays
from ...node import Node
from ...statements import insert_of
from ...values import Message
from ..models import Choice, Hours, Told
from ..queries import choices, kinds_of, times_of
from ..rules import (
    ALL,
    DAILY,
    DIGEST,
    HOUSE,
    OFF,
    Times,
    Unsigned,
    Way,
    after_quiet,
    is_quiet,
    mail_mode,
    next_hour,
    unsigned,
    way_of,
)
from .asking import ask_mail


def choose(
    node: Node, session: Session, person_id: int, ways: Mapping[str, Way], times: Times
) -> None:
    """Keep what somebody chose, for what waits to be mailed too; what they left out stays.

    ``Invalid`` if the digest would come in the quiet hours: one of the two cannot be meant.
    """
    now, zone = node.clock.now(), ZoneInfo(node.settings.node.time_zone)
    digest = next_hour(now, zone, times.digest_at)
    if times.digest and is_quiet(digest, zone, times.quiet_from, times.quiet_until):
        wrong = Message("This hour lies in the hours in which you want to be left alone.", {})
        raise Invalid({"digest_at": [wrong]})
    _keep_times(session, person_id, times)
    for name, way in ways.items():
        _keep(session, person_id, name, way, now)
    _plan_anew(node, session, person_id, now)


def stop(node: Node, session: Session, token: str) -> str:
    """Switch off mail by the link of a letter; return the kind, ``ALL`` or ``DIGEST``.

    The page of what is chosen offers the way back, and so does ``take_up``. ``NotFound`` for a
    link that is not ours, or of something whose mail cannot be switched off.
    """
    person_id, name = _asked(node, session, token)
    now, kinds = node.clock.now(), kinds_of(node)
    if name in (ALL, DIGEST):
        _set_digest(session, person_id, on=False)
    if name == ALL:
        for kind in kinds.values():
            if not kind.essential:
                _set_mail(session, person_id, kind, OFF, now)
    elif name != DIGEST:
        _set_mail(session, person_id, kinds[name], OFF, now)
    _plan_anew(node, session, person_id, now)
    return name


def take_up(node: Node, session: Session, token: str) -> str:
    """Undo ``stop``: mail comes again as the house does it for everyone."""
    person_id, name = _asked(node, session, token)
    now, kinds = node.clock.now(), kinds_of(node)
    if name in (ALL, DIGEST):
        _set_digest(session, person_id, on=True)
    for kind in kinds.values() if name == ALL else [kinds[name]] if name in kinds else []:
        mail = way_of(kind).mail
        if mail == OFF and name != ALL:  # whoever stopped it had chosen it
            mail = DAILY
        _set_mail(session, person_id, kind, mail, now)
    _plan_anew(node, session, person_id, now)
    return name


def _asked(node: Node, session: Session, token: str) -> tuple[int, str]:
    try:
        person_id, name = unsigned(node.settings.secret, token)
    except Unsigned:
        raise NotFound("This link is not one of ours. Please take it as it stands.") from None
    kind = kinds_of(node).get(name)
    if name not in (ALL, DIGEST) and (kind is None or kind.essential):
        raise NotFound("Mail of this kind cannot be switched off here.")
    if stays(session, person_id) is None:
        raise NotFound("This account is closed: no mail comes any more.")
    return person_id, name


def _set_mail(session: Session, person_id: int, kind: NoticeKind, mail: str, now: datetime) -> None:
    before = choices(session, person_id).get(kind.name) or way_of(kind)
    way = Way(before.on_bell, mail, before.push)
    if way != before:
        _keep(session, person_id, kind.name, way, now)


def _set_digest(session: Session, person_id: int, *, on: bool) -> None:
    times = times_of(session, person_id)
    changed = Times(times.quiet_from, times.quiet_until, times.digest_at, on)
    if changed != times:
        _keep_times(session, person_id, changed)


def _keep(session: Session, person_id: int, kind: str, way: Way, now: datetime) -> None:
    values = {"on_bell": way.on_bell, "mail": way.mail, "push": way.push, "chosen_at": now}
    _put(session, Choice.__table__, {"person_id": person_id, "kind": kind}, values)


def _keep_times(session: Session, person_id: int, times: Times) -> None:
    if times == HOUSE:
        session.execute(delete(Hours).where(Hours.person_id == person_id))
        session.expire_all()
        return
    values = {
        "quiet_from": times.quiet_from,
        "quiet_until": times.quiet_until,
        "digest_at": times.digest_at,
        "digest": times.digest,
    }
    _put(session, Hours.__table__, {"person_id": person_id}, values)


def _put(session: Session, table: Any, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Write a row or its values: two pages sent at the same time are no reason to fail."""
    assert isinstance(table, Table)  # noqa: S101 narrows what the mapper says
    insert = insert_of(session.get_bind().dialect.name)(table).values({**key, **values})
    session.execute(insert.on_conflict_do_update(index_elements=list(key), set_=dict(values)))
    session.expire_all()


def _plan_anew(node: Node, session: Session, person_id: int, now: datetime) -> None:
    """Let what waits to be mailed come as it is wanted from now on, or not at all."""
    waiting = session.scalars(
        select(Told).where(Told.person_id == person_id, Told.mail_at.is_not(None)).with_for_update()
    ).all()
    if not waiting:
        return
    chosen, times = choices(session, person_id), times_of(session, person_id)
    zone, kinds = ZoneInfo(node.settings.node.time_zone), kinds_of(node)
    due = set[datetime]()
    for row in waiting:
        kind = kinds.get(row.kind)
        mode = (
            OFF if kind is None else mail_mode(kind, chosen.get(kind.name) or way_of(kind), times)
        )
        if mode == OFF:
            row.mail_at = None
        elif mode == DAILY:
            row.mail_at = next_hour(now, zone, times.digest_at)
        else:
            row.mail_at = after_quiet(now, zone, times.quiet_from, times.quiet_until)
        if row.mail_at is not None:
            due.add(row.mail_at)
    session.flush()
    for at in due:
        ask_mail(session, person_id, at, now, mark=f":{now.isoformat()}")
