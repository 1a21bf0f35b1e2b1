"""The node's own keys: made at first need, kept sealed, rotated so that nobody is left behind.

The key that signs is replaced in three steps: the new one is published beside it; after two
lifetimes of a copy everyone has seen it, and it signs; the old one stays published as long again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ....core import audit, outbox
from ....core.db import Database
from ....core.errors import Refused
from ....core.node import Node
from ....core.statements import Statement, insert_of
from ..models import Key
from ..rules.documents import key_id
from ..rules.kinds import KINDS

if TYPE_CHECKING:
    from ...signatures import Keypair

LIFETIME = timedelta(hours=24)
"""How long others use a copy of our keys before they look again."""

OVERLAP = 2 * LIFETIME
JOB = "federation.keys"


_key = Key.__table__
_SIGNING = Statement(
    select(_key.c.kind, _key.c.number, _key.c.sealed).where(_key.c.state == "signing")
)
_objects: WeakKeyDictionary[Database, dict[str, Any]] = WeakKeyDictionary()
_first = Lock()


def published(node: Node) -> list[Key]:
    """Return the keys that others may read now, those that sign first; made at first need."""
    horizon = node.clock.now() - OVERLAP
    order = {"signing": 0, "published": 1, "retired": 2}
    keys = [
        key
        for key in _standing(node)
        if key.state != "retired" or (key.retired_at is not None and key.retired_at > horizon)
    ]
    return sorted(keys, key=lambda key: (order[key.state], -key.number))


def signing(node: Node, actor: str) -> Mapping[str, Keypair]:
    """Return the key of each kind that signs now for an actor of this node; made at first need."""
    from ...signatures import Keypair

    with node.db.glance() as connection:  # asked for each letter, and so at little cost
        rows = _SIGNING.all(connection)
    kept = _objects.get(node.db, {})
    if {row.kind for row in rows if row.sealed in kept} >= set(KINDS):
        return {
            row.kind: Keypair(key_id(actor, f"{row.kind}-{row.number}"), kept[row.sealed])
            for row in rows
        }
    return {
        key.kind: Keypair(key_id(actor, key.name), _object(node, key))
        for key in _standing(node)
        if key.state == "signing"
    }


def _standing(node: Node) -> list[Key]:
    found = _all(node)
    if {key.kind for key in found if key.state == "signing"} >= set(KINDS):
        return found
    make_first(node)
    return _all(node)


def _all(node: Node) -> list[Key]:
    with node.db.look() as session:
        found = list(session.scalars(select(Key).order_by(Key.kind, Key.number)))
        session.expunge_all()
    return found


def make_first(node: Node) -> None:
    """Make the first key of each kind, unless another process is doing so: then theirs stand."""
    made = [_row(node, kind, 1, "signing") for kind in KINDS]  # slow, so outside the transaction
    with node.db.write() as session:
        insert = insert_of(session.get_bind().dialect.name)
        session.execute(insert(Key).on_conflict_do_nothing(), made)


def _row(node: Node, kind: str, number: int, state: str) -> dict[str, Any]:
    from ...signatures import Keypair  # loads large libraries, which no start needs
    from ..rules.making import new_private, written
    from ..rules.sealing import seal

    name, private = f"{kind}-{number}", new_private(kind)
    return {
        "kind": kind,
        "number": number,
        "state": state,
        "public": Keypair(name, private).public_text(),
        "sealed": seal(node.settings.secret, name, written(private)),
        "made_at": node.clock.now(),
    }


def _object(node: Node, key: Key) -> Any:
    """Return the key object, read once in each process: to read an RSA key costs 30 ms."""
    from ...signatures import Keypair

    kept = _objects.setdefault(node.db, {})
    found = kept.get(key.sealed)
    if found is None:
        with _first:
            found = kept[key.sealed] = Keypair.read(key.name, _opened(node, key)).private
    return found


def _opened(node: Node, key: Key) -> bytes:
    from ..rules.sealing import Unopened, unseal

    try:
        return unseal(node.settings.secret, key.name, key.sealed)
    except Unopened:
        raise Refused(
            "The keys of this node cannot be opened: its secret was changed. Put the old one back, "
            "or make new keys with `wizzle keys rotate --now`."
        ) from None


def rotate(node: Node, *, now: bool = False, person_id: int | None = None) -> None:
    """Make a new key of each kind; it signs once everybody has had time to see it.

    ``now``: it signs at once, for when the old one may be known to others. Who still has a copy of
    the old keys refuses us until they look again.
    """
    _standing(node)
    with node.db.read() as session:
        _refuse_two(session, now=now)
        last: dict[str, int] = {
            row.kind: row.last
            for row in session.execute(
                select(Key.kind, func.max(Key.number).label("last")).group_by(Key.kind)
            )
        }
    made = [_row(node, kind, last[kind] + 1, "published") for kind in KINDS]
    at = node.clock.now()
    with node.db.write() as session:
        insert = insert_of(session.get_bind().dialect.name)
        session.execute(insert(Key).on_conflict_do_nothing(), made)
        audit.record(
            session,
            "federation.keys_made",
            at=at,
            person_id=person_id,
            subject=("federation_key", None),
            at_once=now,
        )
        if now:
            _take_over(session, at, keeps_old=False)
        else:
            number = max(last.values()) + 1
            outbox.enqueue(session, JOB, {}, key=f"{JOB}:{number}", at=at + OVERLAP)


def _refuse_two(session: Session, *, now: bool) -> None:
    waiting = session.scalars(select(Key.id).where(Key.state == "published")).first()
    if waiting is not None and not now:
        raise Refused("New keys are published already and will sign soon.")


def take_over(node: Node, _payload: Mapping[str, Any]) -> None:
    """Let the new keys sign that have been published for long enough; the work of the job."""
    at = node.clock.now()
    with node.db.write() as session:
        _take_over(session, at, keeps_old=True)


def _take_over(session: Session, at: datetime, *, keeps_old: bool) -> None:
    keys = list(session.scalars(select(Key).where(Key.state != "retired").with_for_update()))
    for kind in KINDS:
        new = [
            key
            for key in keys
            if key.kind == kind
            and key.state == "published"
            and (not keeps_old or key.made_at + OVERLAP <= at)
        ]
        if not new:
            continue
        chosen = max(new, key=lambda key: key.number)
        for key in keys:
            if key.kind == kind and key is not chosen:
                _retire(key, at if keeps_old else at - OVERLAP)
        chosen.state = "signing"


def _retire(key: Key, at: datetime) -> None:
    """Let a key only verify what it has signed; nobody can sign with it any more."""
    key.state, key.retired_at, key.sealed = "retired", at, ""


def listed(session: Session) -> list[Key]:
    """Return all keys that there were, newest first."""
    return list(session.scalars(select(Key).order_by(Key.number.desc(), Key.kind)))
