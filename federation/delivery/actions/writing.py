"""Writing a letter: kept in the transaction that wants it, exactly as it is sent later."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ....core.addresses import host_of
from ....core.errors import Refused
from ....core.node import Node
from ....core.statements import Statement
from ....core.talk import Letter
from ...trust.actions.gate import follows_open, is_open
from ...trust.queries.peers import state_of
from ...trust.rules.states import PAUSED, may_send
from ..models import Sent
from ..rules.contexts import LONGEST, id_of, kind_of
from ..rules.schedule import ends_at
from .bells import bell_of, ring_after
from .seals import sealed

_sent = Sent.__table__
_STANDING = Statement(select(_sent.c.mark).where(_sent.c.uri == bindparam("uri")))
_WRITE = Statement(lambda insert: insert(_sent).on_conflict_do_nothing(index_elements=["uri"]))


def send(node: Node, session: Session, letter: Letter) -> bool:
    """Keep a letter to be delivered once this transaction is committed.

    The same one a second time changes nothing; Refused for another content under the same id,
    without a tie to the node that it is for, and for a letter that nobody could read.
    """
    uri = id_of(letter.document)
    if not uri or len(uri) > LONGEST or len(letter.to) > LONGEST or len(letter.lane) > 200:
        raise ValueError("a letter needs an id, a receiver and a lane of sensible length")
    mark = _mark(letter)
    if _is_standing(session, uri, mark):
        return True
    host = host_of(letter.to)
    state = state_of(session, host)
    public = letter.public and follows_open(node)
    if not may_send(state, kind_of(letter.document), is_open=is_open(node), public=public):
        raise Refused("This node is not connected to %(host)s.", host=host)
    row = _row(node, letter, host, mark) | {"uri": uri}
    if state == PAUSED:
        row["due_at"] = None
    if not _WRITE.write(session, row).count:  # written by somebody else meanwhile
        _is_standing(session, uri, mark)
        return True
    ring_after(session, bell_of(node.db, "letters"))
    return True


def _is_standing(session: Session, uri: str, mark: str) -> bool:
    standing = _STANDING.one_or_none(session, {"uri": uri})
    if standing is not None and standing.mark != mark:
        raise Refused("Another letter was already sent under this name.")
    return standing is not None


def _row(node: Node, letter: Letter, host: str, mark: str) -> dict[str, Any]:
    from ...signatures.canonical import canonical

    now, document = node.clock.now(), letter.document
    return {
        "host": host,
        "lane": letter.lane,
        "actor": letter.to,
        "sender_id": letter.sender_id,
        "sender": letter.sender,
        "direct": letter.direct,
        "kind": kind_of(document),
        "object_kind": kind_of(document.get("object")),
        "body": canonical(sealed(node, document, letter.sender_id) if letter.sealed else document),
        "mark": mark,
        "sealed": letter.sealed,
        "due_at": now,
        "until": letter.until,
        "ends_at": ends_at(now, letter.until),
        "written_at": now,
        "tried_at": None,
        "ended_at": None,
    }


def _mark(letter: Letter) -> str:
    """Return a mark of what was asked to be sent, without the proof that differs each time."""
    from ...signatures.canonical import canonical

    return hashlib.sha256(letter.to.encode() + b"\n" + canonical(letter.document)).hexdigest()
