"""Balances, events and statements between this node and others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from ..models import Booking, NettingStatement
from ..rules.statements import Books

SIZE = 50


@dataclass(frozen=True, slots=True)
class Balance:
    """What this node owes another one (below 0: is owed), and payments not yet confirmed."""

    host: str
    owed: int
    waiting: int


def balances(session: Session) -> list[Balance]:
    """Return the balance with every node with which anything was booked, by host."""
    rows = session.execute(
        select(Booking.host, Booking.state, func.sum(Booking.amount).label("won"))
        .where(Booking.state != "refused")
        .group_by(Booking.host, Booking.state)
        .order_by(Booking.host)
    )
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row.host, {})[row.state] = int(row.won)
    return [
        Balance(host, won.get("booked", 0), won.get("waiting", 0)) for host, won in found.items()
    ]


def balance_with(session: Session, host: str) -> Balance:
    """Return the balance with one node; all 0 if nothing was booked."""
    found = [each for each in balances(session) if each.host == host]
    return found[0] if found else Balance(host, 0, 0)


def paid_and_waiting(session: Session, host: str) -> int:
    """Return the won that this node says it has paid to another one, not confirmed there yet."""
    won = session.scalar(_waiting(func.coalesce(func.sum(Booking.amount), 0), host, made_here=True))
    return -int(won or 0)


def waiting_from(session: Session, host: str) -> int:
    """Return how many payments of another node nobody has looked at yet."""
    return int(session.scalar(_waiting(func.count(), host, made_here=False)) or 0)


def _waiting(what: ColumnElement[int], host: str, *, made_here: bool) -> Select[int]:
    return select(what).where(
        Booking.host == host, Booking.state == "waiting", Booking.made_here.is_(made_here)
    )


def bookings_of(
    session: Session, host: str, *, before: int | None = None, limit: int = SIZE + 1
) -> Sequence[Booking]:
    """Return the events with a node, newest first, below the id ``before``."""
    query = select(Booking).where(Booking.host == host).order_by(Booking.id.desc()).limit(limit)
    return session.scalars(query if before is None else query.where(Booking.id < before)).all()


def bookings_for(session: Session, order_id: int) -> Sequence[Booking]:
    """Return the events of an order: its settlement, and what was corrected since."""
    query = select(Booking).where(Booking.order_id == order_id).order_by(Booking.id).limit(SIZE)
    return session.scalars(query).all()


def books_of(session: Session, host: str, begins: datetime, ends: datetime) -> Books:
    """Return this node's book with another one in a period."""
    booked = (Booking.host == host) & (Booking.state == "booked")
    opening = session.scalar(
        select(func.coalesce(func.sum(Booking.amount), 0)).where(booked, Booking.at < begins)
    )
    rows = session.execute(
        select(Booking.event_id, Booking.amount)
        .where(booked, Booking.at >= begins, Booking.at < ends)
        .order_by(Booking.event_id)
    )
    events = tuple((row.event_id, int(row.amount)) for row in rows)
    return Books(int(opening or 0), events)


def statements_of(
    session: Session, host: str, *, before: int | None = None, limit: int = SIZE + 1
) -> Sequence[NettingStatement]:
    """Return the statements with a node, newest first."""
    table = NettingStatement
    query = select(table).where(table.host == host).order_by(table.id.desc()).limit(limit)
    return session.scalars(query if before is None else query.where(table.id < before)).all()


def statement_by_id(session: Session, statement_id: int) -> NettingStatement:
    """Return a statement; NotFound if there is none."""
    found = session.get(NettingStatement, statement_id)
    if found is None:
        raise NotFound("There is no such statement.")
    return found
