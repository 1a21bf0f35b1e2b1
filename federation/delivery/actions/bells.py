"""Bells: whoever waits in this process for something to be committed is woken at once."""

from __future__ import annotations

import threading
import weakref

from sqlalchemy import event
from sqlalchemy.orm import Session

from ....core.db import Database


class Bell:
    """Rung when something was committed; each who waits has an event of their own."""

    def __init__(self) -> None:
        self._waiting: weakref.WeakSet[threading.Event] = weakref.WeakSet()
        self._lock = threading.Lock()

    def waiter(self) -> threading.Event:
        """Return an event that is set at each ring, for as long as it is kept."""
        made = threading.Event()
        with self._lock:
            self._waiting.add(made)
        return made

    def ring(self) -> None:
        with self._lock:
            for each in self._waiting:
                each.set()


_bells: weakref.WeakKeyDictionary[Database, dict[str, Bell]] = weakref.WeakKeyDictionary()
_lock = threading.Lock()


def bell_of(database: Database, name: str) -> Bell:
    """Return the bell of this name of a node: "letters" or "received"."""
    with _lock:
        return _bells.setdefault(database, {}).setdefault(name, Bell())


def ring_after(session: Session, bell: Bell) -> None:
    """Ring once this session's transaction is committed, and never if it is undone."""
    if bell in session.info.setdefault("bells", set()):
        return
    session.info["bells"].add(bell)

    def rung(ended: Session) -> None:
        ended.info.get("bells", set()).discard(bell)
        bell.ring()

    event.listen(session, "after_commit", rung, once=True)
