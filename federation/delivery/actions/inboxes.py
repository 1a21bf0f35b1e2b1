"""Where actors of other nodes take their letters."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ....core.addresses import host_of
from ....core.errors import Unreachable
from ....core.node import Node
from ....core.statements import insert_of
from ...trust.actions import outgoing
from ...trust.models import Actor
from ...trust.rules.remote import read_remote


def inbox_of(node: Node, actor: str, *, anew: bool = False) -> str:
    """Return the address of an actor's inbox; outside of any transaction.

    It is asked for once and kept; ``anew``: asked for once more, as it may have moved. Raises
    ``NotFound`` if there is no such actor, ``Unreachable`` if nobody tells.
    """
    if not anew:
        with node.db.look() as session:
            known = session.scalar(select(Actor.inbox).where(Actor.id == actor))
        if known:
            return known
    found = read_remote(actor, outgoing.fetch(node, actor))
    if isinstance(found, str):
        raise Unreachable("%(host)s: %(why)s", host=host_of(actor), why=found)
    with node.db.write() as session:
        _keep(node, session, actor, found.inbox)
    return found.inbox


def _keep(node: Node, session: Session, actor: str, inbox: str) -> None:
    now = node.clock.now()
    fresh = {"id": actor, "host": host_of(actor), "inbox": inbox, "tried_at": now, "keys": []}
    insert = insert_of(session.get_bind().dialect.name)(Actor).values(fresh)
    kept = {"inbox": inbox, "tried_at": now}
    session.execute(insert.on_conflict_do_update(index_elements=[Actor.id], set_=kept))


