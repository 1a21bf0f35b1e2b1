"""The node's key for push services: made at first need, kept sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sqlalchemy import delete, select

from ... import sealing
from ...db import Database
from ...node import Node
from ...statements import Statement, insert_of
from ..models import Browser, PushKey

if TYPE_CHECKING:
    from ...webpush import Vapid

_PURPOSE, _NAME = "wizzle push keys 1", "p256"
_KEY = Statement(select(PushKey.public, PushKey.sealed).where(PushKey.id == 1))
_opened: WeakKeyDictionary[Database, tuple[str, Vapid]] = WeakKeyDictionary()


def public_key(node: Node) -> str:
    """Return what browsers ask for to let this node and no other send to them."""
    with node.db.glance() as connection:
        row = _KEY.one_or_none(connection)
    if row is None:
        return make_first_key(node).public
    return str(row.public)


def vapid_of(node: Node) -> Vapid:
    """Return the key that signs; opened once in each process.

    One that cannot be opened, since the node has another secret now, is replaced, and with it go
    the browsers that were tied to it: their owners are asked again.
    """
    from ...webpush import Vapid

    with node.db.glance() as connection:
        row = _KEY.one_or_none(connection)
    if row is None:
        return make_first_key(node)
    kept = _opened.get(node.db)
    if kept is None or kept[0] != row.sealed:
        try:
            private = sealing.unseal(node.settings.secret, _PURPOSE, _NAME, row.sealed)
        except sealing.Unopened:
            return _begin_anew(node, row.sealed)
        kept = _opened[node.db] = (row.sealed, Vapid(private))
    return kept[1]


def make_first_key(node: Node) -> Vapid:
    """Make the key, unless another process is doing so: then theirs stands."""
    from ...webpush import Vapid, new_private

    private = new_private()
    made = {
        "id": 1,
        "public": Vapid(private).public,
        "sealed": sealing.seal(node.settings.secret, _PURPOSE, _NAME, private),
        "made_at": node.clock.now(),
    }
    with node.db.write() as session:
        insert = insert_of(session.get_bind().dialect.name)
        session.execute(insert(PushKey).values(made).on_conflict_do_nothing())
    return vapid_of(node)


def _begin_anew(node: Node, unopened: str) -> Vapid:
    with node.db.write() as session:
        gone = session.execute(delete(PushKey).where(PushKey.sealed == unopened))
        if gone.rowcount:  # type: ignore[attr-defined]
            session.execute(delete(Browser))
    return make_first_key(node)
