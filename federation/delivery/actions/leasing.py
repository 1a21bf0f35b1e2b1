"""Taking letters to send: lane by lane, never two at once of a lane, few at once of a host."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from ....core.node import Node
from ....core.statements import Row, Statement
from ...trust.queries.peers import state_of
from ...trust.rules.states import BLOCKED, PAUSED
from ..models import Flight, Route, Sent
from ..queries import due
from ..rules.circuit import Circuit

LEASE = timedelta(minutes=1)
"""After as long as this the letters of whoever did not come back are sent by somebody else."""

HELD = timedelta(hours=1)
"""When it is looked again at letters for a node that nothing is to be sent to now."""

RUN = 8
"""Letters that are sent over one connection before what came of them is noted."""

_route, _flight, _sent = Route.__table__, Flight.__table__, Sent.__table__
_held = select(_route.c.failures, _route.c.since, _route.c.opened, _route.c.quiet_until).where(
    _route.c.host == bindparam("host")
)
_ROUTE = Statement(_held.with_for_update())
_FREE_ROUTE = Statement(_held.with_for_update(skip_locked=True))
_KEEP_ROUTE = Statement(
    update(_route)  # type: ignore[arg-type]
    .where(_route.c.host == bindparam("in_host"))
    .values(
        {
            name: bindparam(name, type_=_route.c[name].type)
            for name in ("failures", "since", "opened", "quiet_until")
        }
    )
)
_OPEN_ROUTE = Statement(lambda insert: insert(_route).on_conflict_do_nothing())
_TAKE = Statement(insert(_flight))  # type: ignore[arg-type]
_DROP_ENDED = Statement(
    delete(_flight).where(  # type: ignore[arg-type]
        _flight.c.host == bindparam("in_host"),
        _flight.c.until <= bindparam("now", type_=_flight.c.until.type),
    )
)
_PUT_OFF = Statement(
    update(_sent)  # type: ignore[arg-type]
    .where(
        _sent.c.host == bindparam("in_host"), _sent.c.lane == bindparam("in_lane"),
        _sent.c.state == "waiting", _sent.c.due_at < bindparam("at", type_=_sent.c.due_at.type),
    )
    .values(due_at=bindparam("at"))
)  # fmt: skip
_HOLD_OFF = Statement(
    update(_sent)  # type: ignore[arg-type]
    .where(
        _sent.c.host == bindparam("in_host"),
        _sent.c.state == "waiting", _sent.c.due_at < bindparam("at", type_=_sent.c.due_at.type),
    )
    .values(due_at=bindparam("at"))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one or more lanes, in their order, that one thread sends to a host.

    ``token`` is their lease.
    """

    token: str
    host: str
    letters: tuple[Row, ...]


def take(node: Node, session: Session, most: int) -> list[Run]:
    """Lease at most ``most`` runs of what is due, some of each host."""
    now, taken = node.clock.now(), list[Run]()
    hosts = due.due_hosts(session, now)
    for place, host in enumerate(hosts):
        left = most - len(taken)
        if left <= 0:
            break
        fair = max(1, left // (len(hosts) - place))
        taken += _of_host(node, session, host, now, fair)
    return taken


def circuit_of(session: Session, host: str, *, wait: bool = True) -> Circuit | None:
    """Return how a host did, held by this transaction; None if another one holds it."""
    statement = _ROUTE if wait else _FREE_ROUTE
    found = statement.one_or_none(session, {"host": host})
    if found is None and _OPEN_ROUTE.write(session, _blank(host)).count:
        found = statement.one_or_none(session, {"host": host})
    return None if found is None else Circuit(*found)


def keep_circuit(session: Session, host: str, circuit: Circuit) -> None:
    """Write down how a host did."""
    _KEEP_ROUTE.write(session, {"in_host": host, **asdict(circuit)})


def put_off(session: Session, host: str, lane: str, at: datetime) -> None:
    """Let nothing of a lane be due before ``at``: what stands behind waits as long as the head."""
    _PUT_OFF.write(session, {"in_host": host, "in_lane": lane, "at": at})


def hold_off(session: Session, host: str, at: datetime) -> None:
    """Let nothing for a host be due before ``at``."""
    _HOLD_OFF.write(session, {"in_host": host, "at": at})


def _blank(host: str) -> dict[str, object]:
    return {"host": host, "failures": 0, "since": None, "opened": 0, "quiet_until": None}


def _of_host(node: Node, session: Session, host: str, now: datetime, most: int) -> list[Run]:
    circuit = circuit_of(session, host, wait=False)
    if circuit is None:
        return []
    if circuit.quiet_until is not None and circuit.is_quiet(now):
        hold_off(session, host, circuit.quiet_until)
        return []
    if state_of(session, host) in (PAUSED, BLOCKED):  # changed while a letter was written or went
        hold_off(session, host, now + HELD)
        return []
    flying = due.flights(session, host, now)
    if flying.has_ended:
        _DROP_ENDED.write(session, {"in_host": host, "now": now})
    room = min(circuit.room(now) - flying.connections, most)
    if room <= 0:
        return []
    lanes = _lanes(session, host, now, 1 if circuit.is_probing else room * RUN)
    return [_run(node, session, host, share, now) for share in _shared(lanes, room)]


Lane = Sequence[Row]


def _lanes(session: Session, host: str, now: datetime, most: int) -> list[Lane]:
    """Return the first letters of lanes that can be sent now, ``most`` in all."""
    found, left = list[Lane](), most
    for lane in due.due_lanes(session, host, now):
        letters = due.first_of(session, host, lane, min(RUN, left))
        if not letters:  # somebody settled it just now
            continue
        head = letters[0].due_at
        if head is None or head > now:  # what was written since the head failed
            put_off(session, host, lane, now + HELD if head is None else head)
            continue
        found.append(letters)
        left -= len(letters)
        if left <= 0:
            break
    return found


def _shared(lanes: Sequence[Lane], connections: int) -> list[list[Lane]]:
    """Share lanes out among connections, so that few letters go side by side and many in turn."""
    shares: list[list[Lane]] = [[] for _ in range(min(connections, len(lanes)))]
    for place, lane in enumerate(lanes):
        shares[place % len(shares)].append(lane)
    return shares


def _run(node: Node, session: Session, host: str, lanes: Sequence[Lane], now: datetime) -> Run:
    token = node.random.token(16)
    leases = [
        {"token": token, "host": host, "lane": lane[0].lane, "until": now + LEASE} for lane in lanes
    ]
    _TAKE.write(session, *leases)
    return Run(token, host, tuple(letter for lane in lanes for letter in lane))
