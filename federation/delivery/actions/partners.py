"""Who is on the other side of what this node wrote: whoever its letter went to, or whom a plugin
names for a thing of its own."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from ....core.node import Node
from ....core.statements import Statement
from ..models import Sent

_sent = Sent.__table__
_TO = Statement(select(_sent.c.actor).where(_sent.c.uri == bindparam("uri")))


def partner(node: Node, uri: str) -> str | None:
    """Return the actor of another node that may answer, change or end what this address names."""
    with node.db.glance() as connection:
        found = _TO.one_or_none(connection, {"uri": uri})
    if found is not None:
        return str(found.actor)
    with node.db.read() as session:
        named: str | None = node.hooks.partner_of(node=node, session=session, uri=uri)
    return named
