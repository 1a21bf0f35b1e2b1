"""Events written into the mirror account of another node, under one key on both sides."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from .....core import ledger
from .....core.node import Node
from ..models import Booking
from .jobs import ask_statement


def mirror(host: str) -> str:
    """Return the account that mirrors what another node's account for this one says."""
    return ledger.account("peer", host)


def posting_key(event_id: str) -> str:
    """Return the key under which an event is posted: the same on both nodes."""
    return f"peer-event:{sha256(event_id.encode()).hexdigest()}"


def whole_second(at: datetime) -> datetime:
    """Return a moment as documents say it, so that both books hold the same."""
    return at.replace(microsecond=0)


def book(node: Node, session: Session, booking: Booking, other: str, memo: str) -> None:
    """Post an event against the account ``other``: once for its id, nothing if it is 0."""
    booking.state = "booked"
    session.add(booking)
    session.flush()
    if booking.amount:
        draft = ledger.Draft(
            key=posting_key(booking.event_id),
            subject=f"peer:{booking.host}"[:120],
            memo=memo[:300],
            entries=((mirror(booking.host), -booking.amount), (other, booking.amount)),
            actor_id=booking.actor_id,
        )
        ledger.post(session, [draft], node.clock.now())
    ask_statement(node, session, booking.host, booking.at)


def new(node: Node, event_id: str, host: str, kind: str, amount: int, **more: Any) -> Booking:
    """Return an event that is not written yet."""
    values = {"state": "waiting", "details": {}, "made_at": node.clock.now(), **more}
    return Booking(event_id=event_id, host=host, kind=kind, amount=amount, **values)
