"""Entering an inbox: judged at the gate, kept with the mark of its signature, all or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sqlalchemy import bindparam, select

from ....core.addresses import space_of
from ....core.db import Database
from ....core.errors import Refused
from ....core.node import Node
from ....core.statements import Statement
from ...trust.actions import budgets, gate, store
from ...trust.queries import spaces
from ...trust.rules import wire
from ..models import Arrived
from ..rules.doors import Doors, Full, width
from .bells import bell_of
from .limits import limits_of
from .partners import partner
from .seals import is_sealed
from .taking import Parcel, fits, keep

if TYPE_CHECKING:
    from ...signatures import Incoming

BUSY_FOR = 5
"""Seconds after which whoever found the doors full may come again."""

_arrived = Arrived.__table__
_MARK = Statement(
    select(_arrived.c.mark).where(
        _arrived.c.inbox == bindparam("inbox"), _arrived.c.uri == bindparam("uri")
    )
)
_doors: WeakKeyDictionary[Database, Doors] = WeakKeyDictionary()


def enter(node: Node, message: Incoming, inbox: int | None) -> None:
    """Take what came to an inbox (``inbox``: a space, None: the node); raises ``gate.Shut``.

    The same once more changes nothing.
    """
    limits_of(node).before(node, message.remote_addr, wire.claimed_host(message.headers))
    doors = _doors.setdefault(node.db, Doors(width(node.settings.server.threads)))
    try:
        with doors.passing():
            _enter(node, message, inbox)
    except Full:
        raise gate.shut(503, "busy", "Too much comes in just now.", after=BUSY_FOR) from None


def _enter(node: Node, message: Incoming, inbox: int | None) -> None:
    if inbox is not None:
        _check_space(node, inbox)

    def body_of(_path: str, uri: str) -> str | None:
        with node.db.glance() as connection:
            found = _MARK.one_or_none(connection, {"inbox": inbox or 0, "uri": uri})
        return str(found.mark) if found else None

    guest = gate.verify(node, message, body_of=body_of, partner_of=lambda uri: partner(node, uri))
    if not isinstance(guest, gate.Guest):
        return  # rightly passed over
    limits_of(node).after(node, message.remote_addr, guest.host)
    activity = guest.verdict.activity
    if activity is None or not fits(activity.document):
        raise gate.shut(400, "activity", "The activity's id or type is too long.")
    parcel = Parcel(
        body=message.body,
        document=activity.document,
        actor=guest.actor,
        host=guest.host,
        inbox=inbox,
        space_id=inbox if inbox is not None else _space(node, activity.document.get("to")),
        sealed=is_sealed(node, activity.document, guest.actor),
        public=not guest.is_trusted(node),
    )
    _keep(node, guest.verdict.fingerprint, parcel)


def _keep(node: Node, fingerprint: str, parcel: Parcel) -> None:
    try:
        with node.db.write() as session:
            if keep(node, session, parcel):
                store.remember(node, session, fingerprint)
                size = len(parcel.body)
                gate.refuse_beyond(node, session, parcel.host, budgets.BROUGHT, size)
    except gate.Shut as shut:
        limits_of(node).hold_up(node, parcel.host, int(shut.headers["Retry-After"]))
        raise
    except Refused as error:
        raise gate.shut(409, "id_reused", str(error)) from None
    bell_of(node.db, "received").ring()


def _check_space(node: Node, space_id: int) -> None:
    with node.db.look() as session:
        found = spaces.space(session, space_id)
    if found is None:
        raise gate.shut(404, "no_inbox", "There is no such inbox.")
    if found.closed_at is not None:
        raise gate.shut(410, "no_inbox", "This inbox is closed.")


def _space(node: Node, to: object) -> int | None:
    """Return the one space here that a letter to the node's inbox names as its receiver."""
    named = to if isinstance(to, list) else [to]
    base = node.settings.node.address
    found = {space_of(base, each) for each in named if isinstance(each, str)} - {None}
    return found.pop() if len(found) == 1 else None
