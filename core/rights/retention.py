"""Destroying every day what need not be kept any more, with a record of how much that was.

PIPA article 21: without delay once its time is over; what was destroyed is written down in the
transaction that destroys it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from threading import Event
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import outbox
from ..again import in_transaction
from ..answers import Keeping, Service
from ..models import Destruction
from ..node import Node
from . import reminding
from .keepings import keepings

JOB = "rights.destroy"
BATCH = 500
"""Things destroyed in one transaction: whoever orders meanwhile waits no longer than for these."""

MOST = 400
"""Transactions for one kind of thing in one day; the next day goes on."""

LOOK = 600
"""Seconds between two looks at whether a new day has begun."""

log = structlog.get_logger("wizzle.rights")


def daily(node: Node) -> int:
    """Ask for what the law wants done today, once however many workers look; 0, as jobs do it."""
    now = node.clock.now()
    day = now.astimezone(ZoneInfo(node.settings.node.time_zone)).date()
    with node.db.write() as session:
        outbox.enqueue(session, JOB, {}, key=f"{JOB}:{day}", at=now)
        reminding.ask(node, session, str(day))
    return 0


def _go_on(node: Node, stop: Event) -> None:
    # A worker that has just begun has more urgent things to do.
    wait = LOOK / 10
    while not stop.wait(wait):
        wait = LOOK
        try:
            daily(node)
        except Exception:  # a database that is away for a moment must not end it for good
            log.exception("the day's destruction could not be asked for")


SERVICE = Service("rights.daily", daily, _go_on)


def work(node: Node, _payload: Mapping[str, Any]) -> None:
    """Do the day's destruction, as a job of the outbox."""
    destroy(node)


def destroy(node: Node) -> int:
    """Destroy all that is too old now and return how much that was.

    One kind that fails does not keep the others; it is raised at the end, so that somebody sees it.
    """
    now, number, failed = node.clock.now(), 0, None
    for name, keeping in keepings(node):
        try:
            number += _destroy_kind(node, name, keeping, now)
        except Exception as error:
            log.exception("not destroyed", what=name)
            failed = failed or error
    if failed is not None:
        raise failed
    return number


def _destroy_kind(node: Node, name: str, keeping: Keeping, now: datetime) -> int:
    before, purge = keeping.before(now), keeping.purge
    if before is None or purge is None:
        return 0

    def some(session: Session) -> int:
        gone = purge(session, before, BATCH)
        if gone:
            session.add(Destruction(at=now, what=name[:60], before=before, number=gone))
        return gone

    number = 0
    for _ in range(MOST):
        gone = in_transaction(node.db, some)
        number += gone
        if not gone:
            break
    return number


def destroyed(session: Session, *, before: int | None, limit: int) -> Sequence[Destruction]:
    """Return what was destroyed, the newest first."""
    query = select(Destruction).order_by(Destruction.id.desc()).limit(limit)
    return session.scalars(query if before is None else query.where(Destruction.id < before)).all()
