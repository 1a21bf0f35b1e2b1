"""Taking in a document that was verified: kept once, and handled later."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ....core.errors import Refused
from ....core.node import Node
from ....core.statements import Statement
from ..models import Arrived
from ..rules.contexts import LONGEST, id_of, kind_of, thread_of

_arrived = Arrived.__table__
_KEEP = Statement(
    lambda insert: insert(_arrived).on_conflict_do_nothing(index_elements=["inbox", "uri"])
)
_STANDING = Statement(
    select(_arrived.c.mark).where(
        _arrived.c.inbox == bindparam("inbox"), _arrived.c.uri == bindparam("uri")
    )
)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A document as it came: its bytes, what they say, who sent it, and to which inbox.

    ``inbox`` is the space whose inbox it came to, None the node's own; ``space_id`` the space that
    it is for. ``public``: who sent it may speak of nothing but what everyone may read.
    """

    body: bytes
    document: Mapping[str, Any]
    actor: str
    host: str
    inbox: int | None
    space_id: int | None
    sealed: bool
    public: bool = False


def keep(node: Node, session: Session, parcel: Parcel) -> bool:
    """Keep a document to be handled; return whether it was not here before.

    Refused: another one came under the same id. Activity ids name one content for ever.
    """
    uri = id_of(parcel.document)
    mark = hashlib.sha256(parcel.body).hexdigest()
    row = _row(node, parcel) | {"uri": uri, "mark": mark}
    if _KEEP.write(session, row).count:
        return True
    standing = _STANDING.one_or_none(session, {"inbox": row["inbox"], "uri": uri})
    if standing is not None and standing.mark != mark:
        raise Refused("Another document came under the same id before.")
    return False


def fits(document: Mapping[str, Any]) -> bool:
    """Say whether a document has an id and a type that can be kept."""
    uri = id_of(document)
    return bool(uri) and len(uri) <= LONGEST and bool(kind_of(document))


def _row(node: Node, parcel: Parcel) -> dict[str, Any]:
    now, document = node.clock.now(), parcel.document
    return {
        "inbox": parcel.inbox or 0,
        "host": parcel.host,
        "actor": parcel.actor,
        "thread": thread_of(document),
        "kind": kind_of(document),
        "object_kind": kind_of(document.get("object")),
        "space_id": parcel.space_id,
        "body": parcel.body,
        "sealed": parcel.sealed,
        "public": parcel.public,
        "due_at": now,
        "received_at": now,
        "ended_at": None,
    }
