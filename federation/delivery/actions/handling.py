"""Handling what came in: whoever it belongs to is asked once, in the transaction that ends it."""

from __future__ import annotations

import json
import threading
import time
from datetime import datetime

import structlog
from sqlalchemy import update
from sqlalchemy.orm import Session

from ....core.errors import Invalid, Refused
from ....core.node import Node
from ....core.outbox import DELAYS
from ....core.talk import Receipt, Received
from ..models import Arrived
from ..queries import received as queries
from .bells import bell_of
from .tidying import tidy

LOOK = 1.0
"""Seconds until what another process has taken in is seen."""

TIDY = 6 * 3_600.0
"""Seconds from one time that what is kept no longer is taken away to the next."""

log = structlog.get_logger("wizzle.federation")


class Reading:
    """Handles what came to one node, one document after the other."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._woken = bell_of(node.db, "received").waiter()

    def go_on(self, stop: threading.Event) -> None:
        """Handle what comes until ``stop`` is set, and tidy up now and then."""
        tidied = -TIDY
        while not stop.is_set():
            self._woken.clear()
            try:
                busy = self.step()
                if not busy and time.monotonic() - tidied > TIDY:
                    tidied = time.monotonic()
                    tidy(self._node)
            except Exception:
                log.exception("what came in could not be looked after")
                busy = False
            if not busy:
                self._woken.wait(LOOK)

    def finish(self) -> int:
        """Handle what is due now; return how many documents were tried."""
        tried = 0
        while self.step():
            tried += 1
        return tried

    def step(self) -> bool:
        """Handle one document; say whether there was one."""
        now = self._node.clock.now()
        with self._node.db.look() as session:
            if not queries.is_due(session, now):
                return False
        held: list[int] = []
        try:
            with self._node.db.write() as session:
                row = _first(session, now)
                if row is not None:
                    held.append(row.id)
                    row.state, row.note = self._asked(session, row)
                    row.due_at, row.ended_at = None, now
        except Exception as error:  # a plugin's mistake: all that it did is undone
            if not held:
                raise
            self._put_off(held[0], error)
        return bool(held)

    def _asked(self, session: Session, row: Arrived) -> tuple[str, str]:
        """Return what became of a document, and a few words about it."""
        asked = received_of(row)
        try:
            with session.begin_nested():  # what somebody did before they refused is undone
                receipt = self._receipt(session, asked, public=row.public)
        except (Refused, Invalid) as error:
            return "refused", _readable(str(error))
        return ("ignored", "") if receipt is None else ("done", _readable(receipt.note))

    def _receipt(self, session: Session, asked: Received, *, public: bool) -> Receipt | None:
        """Ask whose a document is: of one who is not trusted only for what everyone may read."""
        hooks, given = self._node.hooks, {"node": self._node, "session": session}
        found: Receipt | None = None
        if not public:
            found = hooks.receive_document(**given, received=asked)
        if found is None:
            found = hooks.receive_public(**given, received=asked)
        return found

    def _put_off(self, row_id: int, error: Exception) -> None:
        log.warning("a document could not be handled", document=row_id, error=repr(error))
        now = self._node.clock.now()
        with self._node.db.write() as session:
            row = session.get(Arrived, row_id, with_for_update=True)
            if row is None or row.state != "waiting":
                return
            row.note, row.tries = _readable(f"{type(error).__name__}: {error}"), row.tries + 1
            if row.tries > len(DELAYS):
                row.state, row.due_at, row.ended_at = "failed", None, now
                return
            row.due_at = now + DELAYS[row.tries - 1]
            session.flush()
            put_behind(session, row)


def received_of(row: Arrived) -> Received:
    """Return a document as plugins are told of it."""
    return Received(
        id=row.uri, kind=row.kind, object_kind=row.object_kind, actor=row.actor, host=row.host,
        space_id=row.space_id, document=json.loads(row.body), sealed=row.sealed,
        received_at=row.received_at,
    )  # fmt: skip


def put_behind(session: Session, head: Arrived) -> None:
    """Let what came later of the same matter wait as long as this one."""
    session.execute(
        update(Arrived)
        .where(
            Arrived.actor == head.actor, Arrived.thread == head.thread,
            Arrived.state == "waiting", Arrived.id > head.id, Arrived.due_at < head.due_at,
        )
        .values(due_at=head.due_at)
    )  # fmt: skip


def _first(session: Session, now: datetime) -> Arrived | None:
    """Return what is to be handled next; what came after one that waits is put behind it."""
    for row in queries.next_due(session, now):
        head = queries.before(session, row)
        if head is None:
            return row
        if head.due_at is not None and head.due_at > now:
            put_behind(session, head)
    return None


def _readable(text: str) -> str:
    """Return what a database takes of a text: neither NUL nor half of a sign."""
    return text[:2_000].replace("\0", " ").encode("utf-8", "replace").decode()
