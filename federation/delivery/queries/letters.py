"""Letters and what came in, as stewards look at them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, load_only

from ....core.errors import NotFound
from ..models import Arrived, Route, Sent
from ..rules.circuit import Circuit

STATES = ("waiting", "dead", "settled", "arrived")
"""States of letters, what needs somebody first."""

CAME = ("failed", "waiting", "refused", "ignored", "done")
"""States of what came in, what needs somebody first."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What stands between us and a host: letters that wait, that were given up, and how it does.

    ``since`` is when the oldest letter that waits was written; ``quiet_until``: it is left alone.
    """

    host: str
    waiting: int
    dead: int
    since: datetime | None
    quiet_until: datetime | None


def letters(
    session: Session,
    *,
    state: str = "",
    host: str = "",
    before: int | None = None,
    limit: int,
) -> Sequence[Sent]:
    """Return letters without what they say, the newest first."""
    query = select(Sent).options(
        load_only(
            Sent.id, Sent.uri, Sent.host, Sent.lane, Sent.kind, Sent.object_kind, Sent.state,
            Sent.reason, Sent.answer, Sent.tries, Sent.due_at, Sent.written_at, Sent.ended_at,
        )
    )  # fmt: skip
    if state:
        query = query.where(Sent.state == state)
    if host:
        query = query.where(Sent.host == host)
    if before is not None:
        query = query.where(Sent.id < before)
    return session.scalars(query.order_by(Sent.id.desc()).limit(limit)).all()


def letter(session: Session, letter_id: int) -> Sent:
    """Return a letter; ``NotFound`` if there is none of this number."""
    found = session.get(Sent, letter_id)
    if found is None:
        raise NotFound("There is no such letter.")
    return found


def came_in(
    session: Session, *, state: str = "", host: str = "", before: int | None = None, limit: int
) -> Sequence[Arrived]:
    """Return what came in, without what it says, the newest first."""
    query = select(Arrived).options(
        load_only(
            Arrived.id, Arrived.uri, Arrived.host, Arrived.actor, Arrived.kind,
            Arrived.object_kind, Arrived.state, Arrived.note, Arrived.tries, Arrived.due_at,
            Arrived.received_at,
        )
    )  # fmt: skip
    if state:
        query = query.where(Arrived.state == state)
    if host:
        query = query.where(Arrived.host == host)
    if before is not None:
        query = query.where(Arrived.id < before)
    return session.scalars(query.order_by(Arrived.id.desc()).limit(limit)).all()


def document(session: Session, arrived_id: int) -> Arrived:
    """Return something that came in; ``NotFound`` if there is nothing of this number."""
    found = session.get(Arrived, arrived_id)
    if found is None:
        raise NotFound("There is no such document.")
    return found


def counts(session: Session) -> tuple[int, int]:
    """Return how many letters were given up, and how many documents could not be handled."""
    dead = select(func.count()).where(Sent.state == "dead").scalar_subquery()
    failed = select(func.count()).where(Arrived.state == "failed").scalar_subquery()
    row = session.execute(select(dead, failed)).one()
    return int(row[0]), int(row[1])


def hosts_waiting(session: Session, lane: str, hosts: Sequence[str]) -> set[str]:
    """Return those of these hosts to which a letter of this lane is still on its way."""
    query = select(Sent.host).where(
        Sent.host.in_(hosts), Sent.lane == lane, Sent.state == "waiting"
    )
    return set(session.scalars(query.distinct()))


def waiting(session: Session, hosts: Sequence[str], now: datetime) -> dict[str, Waiting]:
    """Return for each of these hosts what waits for it and how it does, in two queries."""
    found = select(Sent.host, Sent.state, func.count(), func.min(Sent.written_at)).where(
        Sent.host.in_(hosts), Sent.state.in_(("waiting", "dead"))
    )
    counted = {
        (row[0], row[1]): row for row in session.execute(found.group_by(Sent.host, Sent.state))
    }
    routes = {
        route.host: Circuit(route.failures, route.since, route.opened, route.quiet_until)
        for route in session.scalars(select(Route).where(Route.host.in_(hosts)))
    }

    def of(host: str) -> Waiting:
        row, dead = counted.get((host, "waiting")), counted.get((host, "dead"))
        circuit = routes.get(host)
        quiet = circuit.quiet_until if circuit is not None and circuit.is_quiet(now) else None
        return Waiting(
            host, row[2] if row else 0, dead[2] if dead else 0, row[3] if row else None, quiet
        )

    return {host: of(host) for host in hosts}
