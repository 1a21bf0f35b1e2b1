"""What is due to be sent now: the heads of lanes, host by host, and when to look again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import Session

from ....core.statements import Row, Statement
from ..models import Flight, Sent

MOST = 64
"""Letters of one host that are looked at to find lanes that can be sent now."""


class Look(NamedTuple):
    """Whether anything is due or has lasted too long, and when the next letter is due."""

    is_due: bool
    is_late: bool
    next_at: datetime | None


_sent, _flight = Sent.__table__, Flight.__table__
_NOW = bindparam("now", type_=_sent.c.due_at.type)
_waiting = _sent.c.state == "waiting"
_late = (
    _waiting
    & (_sent.c.ends_at <= _NOW)
    & (_sent.c.due_at.is_not(None) | _sent.c.until.is_not(None))
)
_LOOK = Statement(
    select(
        exists().where(_waiting, _sent.c.due_at <= _NOW).label("is_due"),
        exists().where(_late).label("is_late"),
        select(func.min(_sent.c.due_at)).where(_waiting, _sent.c.due_at > _NOW)
        .scalar_subquery().label("next_at"),
    )
)  # fmt: skip
_HOSTS = Statement(
    select(_sent.c.host).where(_waiting, _sent.c.due_at <= _NOW).distinct().order_by(_sent.c.host)
)
_LATE = Statement(select(_sent.c.id).where(_late).order_by(_sent.c.id).limit(100))
_flying = exists().where(
    _flight.c.host == _sent.c.host, _flight.c.lane == _sent.c.lane, _flight.c.until > _NOW
)
_DUE = Statement(
    select(_sent.c.lane)
    .where(_waiting, _sent.c.due_at <= _NOW, _sent.c.host == bindparam("host"), ~_flying)
    .order_by(_sent.c.due_at, _sent.c.id)
    .limit(MOST)
)
_LANE = Statement(
    select(
        _sent.c.id, _sent.c.uri, _sent.c.host, _sent.c.lane, _sent.c.actor, _sent.c.sender_id,
        _sent.c.sender, _sent.c.direct, _sent.c.body, _sent.c.due_at, _sent.c.tries,
    )
    .where(_sent.c.host == bindparam("host"), _sent.c.lane == bindparam("lane"), _waiting)
    .order_by(_sent.c.id)
    .limit(bindparam("most"))
)  # fmt: skip
_FLIGHTS = Statement(
    select(_flight.c.until, _flight.c.token).where(_flight.c.host == bindparam("host"))
)


def look(session: Session, now: datetime) -> Look:
    """Return at little cost whether there is anything to do."""
    found = _LOOK.all(session, {"now": now})[0]
    return Look(bool(found.is_due), bool(found.is_late), found.next_at)


def due_hosts(session: Session, now: datetime) -> list[str]:
    """Return the hosts for which something is due."""
    return [row.host for row in _HOSTS.all(session, {"now": now})]


def late(session: Session, now: datetime) -> list[int]:
    """Return the ids of letters that waited longer than they may, some of them."""
    return [row.id for row in _LATE.all(session, {"now": now})]


def due_lanes(session: Session, host: str, now: datetime) -> Iterable[str]:
    """Return lanes of a host in which a letter is due and none is on its way, the oldest first."""
    return dict.fromkeys(row.lane for row in _DUE.all(session, {"now": now, "host": host}))


def first_of(session: Session, host: str, lane: str, most: int) -> list[Row]:
    """Return the first letters that wait in a lane."""
    return _LANE.all(session, {"host": host, "lane": lane, "most": most})


class Flying(NamedTuple):
    """Over how many connections letters are on their way to a host, and whether leases ended."""

    connections: int
    has_ended: bool


def flights(session: Session, host: str, now: datetime) -> Flying:
    """Return what is on its way to a host."""
    found = _FLIGHTS.all(session, {"host": host})
    alive = {row.token for row in found if row.until > now}
    return Flying(len(alive), any(row.until <= now for row in found))
