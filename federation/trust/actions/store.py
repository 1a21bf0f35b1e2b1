"""What the verifier remembers between messages, in tables: keys, tries to fetch, signatures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sqlalchemy import bindparam, delete, event, select
from sqlalchemy.orm import Session

from ....core import outbox
from ....core.addresses import host_of
from ....core.auth import attempts
from ....core.db import Database
from ....core.node import Node
from ....core.statements import Statement, insert_of
from ..models import Actor, Peer, Seen
from ..rules import states
from . import budgets

if TYPE_CHECKING:
    from ...signatures import Known, Refusal, Try

REPLAY = timedelta(minutes=10)
JOB = "federation.prune"
KEPT = timedelta(days=30)
"""How long an actor stays known that nobody has asked for since."""

FORGOTTEN = timedelta(days=30)
"""How long a node stays listed that was only looked at, or was refused."""

LONGEST = 500
"""Letters of an address that is kept."""

_FETCHES = attempts.Limit("federation.fetch", most=60, minutes=5)

_actor, _seen = Actor.__table__, Seen.__table__
_KEYS = Statement(select(_actor.c["keys"].label("kept")).where(_actor.c.id == bindparam("id")))
_SEEN = Statement(select(_seen.c.until).where(_seen.c.mark == bindparam("mark")))
_REMEMBER = Statement(lambda insert: insert(_seen).on_conflict_do_nothing())

BodyOf = Callable[[str, str], str | None]
PartnerOf = Callable[[str], str | None]


class Store:
    """Keys of actors of other nodes; each is kept with the document that it is found in."""

    def __init__(self, node: Node) -> None:
        self._node = node

    def find(self, key_id: str) -> Known | None:
        """Return a key by its address; None if it is not known."""
        if len(key_id) > LONGEST:
            raise _too_long()
        with self._node.db.glance() as connection:
            row = _KEYS.one_or_none(connection, {"id": document_of(key_id)})
        keys = row.kept if row is not None else ()
        return next((_known(each) for each in keys or () if each["key_id"] == key_id), None)

    def knows(self, actor: str) -> bool:
        """Say whether any key of this actor is kept."""
        with self._node.db.look() as session:
            return bool(session.scalar(select(Actor.keys).where(Actor.id == actor)))

    def keep(self, owner: str, keys: Sequence[Known]) -> None:
        """Keep these keys of an owner in the place of all that it had in the same documents."""
        if len(owner) > LONGEST:
            raise _too_long()
        documents: dict[str, list[Known]] = {owner: []}
        for key in keys:
            if len(key.key_id) > LONGEST:
                continue
            documents.setdefault(document_of(key.key_id), []).append(key)
        with self._node.db.write() as session:
            for document, found in documents.items():
                put(session, document, keys=[_row(key) for key in found], gone_at=None)

    def keep_listed(self, owner: str, document: Mapping[str, Any]) -> None:
        """Keep the keys of a document that was fetched to know its actor: it is not asked again."""
        from ...signatures import keys_in

        at = self._node.clock.now().timestamp()
        self.keep(owner, keys_in(dict(document), found_at=owner, at=at))

    def last_try(self, document: str) -> Try | None:
        """Return when a document was last asked for, and what came of it."""
        from ...signatures import Try

        with self._node.db.look() as session:
            row = session.execute(
                select(Actor.tried_at, Actor.failure, Actor.again).where(Actor.id == document)
            ).one_or_none()
        if row is None or row.tried_at is None:
            return None
        reason, _, detail = row.failure.partition(": ")
        return Try(row.tried_at.timestamp(), reason, detail, row.again)

    def note_try(self, document: str, tried: Try) -> None:
        """Note that a document was asked for."""
        failure = f"{tried.reason}: {tried.detail}"[:500] if tried.reason else ""
        at = _moment(tried.at)
        gone = {"gone_at": at, "keys": []} if tried.reason == "key_gone" else {}
        with self._node.db.write() as session:
            put(session, document, tried_at=at, failure=failure, again=tried.again, **gone)

    def spend(self, site: str, now: float) -> bool:
        """Take one fetch off what a domain has left in these five minutes."""
        with self._node.db.write() as session:
            return attempts.count(session, _FETCHES, site, at=_moment(now))


def kind_of(session: Session, actor: str) -> str:
    """Return the type of an actor whose key has signed something here, "" if none is known."""
    found = session.scalar(select(Actor.keys).where(Actor.id == actor))
    return str(found[0]["actor_type"]) if found else ""


def put(session: Session, address: str, **values: Any) -> None:
    """Write down what is known of an actor from now on, besides what was known already."""
    blank = {"id": address, "host": host_of(address), "kind": "", "name": "", "handle": "",
             "inbox": "", "shared": "", "keys": [], "failure": "",
             "again": False}  # fmt: skip
    insert = insert_of(session.get_bind().dialect.name)
    statement = insert(Actor).values({**blank, **values})
    session.execute(statement.on_conflict_do_update(index_elements=[Actor.id], set_=values))


class Memory:
    """Signatures that were taken, and by ``body_of`` what came into the inbox by which id."""

    def __init__(self, node: Node, body_of: BodyOf | None = None) -> None:
        self._node, self._body_of = node, body_of

    def body_of(self, inbox: str, activity_id: str) -> str | None:
        """Return the SHA-256 (hex) of what came into this inbox under this id."""
        return self._body_of(inbox, activity_id) if self._body_of else None

    def replayed(self, fingerprint: str, now: float) -> bool:
        """Say whether this signature was taken before."""
        with self._node.db.glance() as connection:
            row = _SEEN.one_or_none(connection, {"mark": fingerprint})
        return row is not None and bool(row.until > _moment(now))


def remember(node: Node, session: Session, fingerprint: str) -> bool:
    """Note a signature in the transaction that its message takes effect in; False if it stands.

    Two requests with the same signature that come at once are told apart here, by the database.
    """
    until = node.clock.now() + REPLAY
    taken = _REMEMBER.write(session, {"mark": fingerprint, "until": until}).count > 0
    hour = int(until.timestamp()) // 3_600
    if taken and _pruned.get(node.db) != hour:
        # One job for each hour in which something came; who comes after it here asks no more.
        outbox.enqueue(session, JOB, {}, key=f"{JOB}:{hour}", at=until + timedelta(hours=1))
        event.listen(session, "after_commit", partial(_note_pruned, node, hour), once=True)
    return taken


_pruned: WeakKeyDictionary[Database, int] = WeakKeyDictionary()


def _note_pruned(node: Node, hour: int, _session: Session) -> None:
    _pruned[node.db] = hour


def prune(node: Node, _payload: Any) -> None:
    """Forget what has had its time: signatures, actors, nodes that nothing came of."""
    now = node.clock.now()
    with node.db.write() as session:
        session.execute(delete(Seen).where(Seen.until <= now))
        budgets.forget(session, now)
        old = [when.is_(None) | (when <= now - KEPT) for when in (Actor.tried_at, Actor.looked_at)]
        session.execute(delete(Actor).where(*old))
        # Whom nobody has asked by now was only looked at; who was ever joined is never forgotten.
        passing = Peer.state.in_((states.NOTED, states.REFUSED)) & Peer.since.is_(None)
        session.execute(delete(Peer).where(passing, Peer.made_at <= now - FORGOTTEN))


def _too_long() -> Refusal:
    from ...signatures import Refusal

    return Refusal("key_address", f"An address has more than {LONGEST} letters.")


def document_of(address: str) -> str:
    """Return the address of the document that holds what an address with a fragment names."""
    return address.partition("#")[0]


def _row(key: Known) -> dict[str, Any]:
    return {
        "key_id": key.key_id,
        "owner": key.owner,
        "actor_type": key.actor_type,
        "text": key.text,
        "fetched_at": key.fetched_at,
        "expires": key.expires,
    }


def _known(row: dict[str, Any]) -> Known:
    from ...signatures import Known

    return Known(**row)


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
