"""Other nodes and how we stand to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, case, func, select
from sqlalchemy.orm import Session

from ....core.errors import NotFound
from ....core.statements import Row, Statement, insert_of
from ....core.talk import Peer as PeerFace
from ..models import Peer
from ..rules.states import NOTED, OPEN, STATES, WAITING


def by_host(session: Session, host: str, *, lock: bool = False) -> Peer | None:
    """Return what is known of a node, None if nothing is."""
    query = select(Peer).where(Peer.host == host)
    return session.scalars(query.with_for_update() if lock else query).one_or_none()


_TEXTS = ("name", "region", "software", "actor", "fingerprint", "note", "asking_id", "asked_id")


def made(session: Session, host: str, at: datetime) -> Peer:
    """Return what is known of a node, locked; written down as looked at if nothing was known."""
    insert = insert_of(session.get_bind().dialect.name)
    row = {**dict.fromkeys(_TEXTS, ""), "host": host, "state": NOTED, "made_at": at}
    # Two who bring the same node at once find the same row.
    session.execute(insert(Peer).values(row).on_conflict_do_nothing())
    found = by_host(session, host, lock=True)
    assert found is not None  # noqa: S101 it stands there since the line above
    return found


def by_id(session: Session, peer_id: int, *, lock: bool = False) -> Peer:
    """Return a node by its number here; ``NotFound`` if there is none."""
    query = select(Peer).where(Peer.id == peer_id)
    found = session.scalars(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise NotFound("There is no such node here.")
    return found


_peer = Peer.__table__
_STANDING = Statement(
    select(
        _peer.c.host, _peer.c.state, _peer.c.contact_at, _peer.c.rfc9421, _peer.c.draft_until,
        _peer.c.skew,
    ).where(_peer.c.host == bindparam("host"))
)  # fmt: skip


def standing(session: Session | Connection, host: str) -> Row | None:
    """Return how we stand to a node, how it signs and when it was heard of; None if unknown.

    Asked for each request and each letter, and so at little cost.
    """
    return _STANDING.one_or_none(session, {"host": host})


def state_of(session: Session | Connection, host: str) -> str | None:
    """Return how we stand to a node, None if it is unknown."""
    found = standing(session, host)
    return None if found is None else str(found.state)


def listed(session: Session, *, after: tuple[int, int] | None = None, limit: int) -> list[Peer]:
    """Return nodes in the order of ``rules.states.STATES``; ``after``: rank and id of the last."""
    rank = case({state: place for place, state in enumerate(STATES)}, value=Peer.state, else_=99)
    query = select(Peer).order_by(rank, Peer.id).limit(limit)
    if after is not None:
        query = query.where((rank > after[0]) | ((rank == after[0]) & (Peer.id > after[1])))
    return list(session.scalars(query))


def rank_of(state: str) -> int:
    return STATES.index(state)


def faces(session: Session) -> Sequence[PeerFace]:
    """Return the nodes to which a tie stands, by name."""
    query = select(Peer).where(Peer.state.in_(OPEN)).order_by(Peer.name, Peer.id)
    return [
        PeerFace(peer.host, peer.name or peer.host, peer.region, peer.actor, peer.state, peer.since)
        for peer in session.scalars(query)
    ]


def count(session: Session, states: Sequence[str] = WAITING) -> int:
    """Return how many nodes stand in these states: those that others can bring before us."""
    query = select(func.count()).select_from(Peer).where(Peer.state.in_(states))
    return int(session.scalar(query) or 0)
