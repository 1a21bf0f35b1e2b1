"""Marks of a database: what differs once anything was committed to it, asked for very cheaply."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Hashable
from threading import Lock
from typing import NamedTuple, Protocol

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from ..db import Database

REST = 50_000_000
"""Nanoseconds that a file must have lain still: two writes closer than the file system's clock
ticks leave the same time behind, and what is written is seen by readers a moment later."""

EVERY = 0.25
"""Seconds for which a mark of a server is not asked for again."""


class Mark(NamedTuple):
    """Two are equal as long as nothing was committed; ``newest``: nanoseconds since 1970."""

    what: Hashable
    newest: int

    @property
    def is_firm(self) -> bool:
        """Whether every commit from now on leads to another mark."""
        return time.time_ns() - self.newest > REST


class Marks(Protocol):
    def mark(self) -> Mark | None:
        """Return a mark of what readers see now or saw a moment ago, None if it is not known."""


def marks_of(database: Database) -> Marks | None:
    """Return the marks of a database, None for one that has no file and no server."""
    if not database.is_sqlite:
        return ServerMarks(database.engine)
    path = database.url.database or ""
    return None if path in ("", ":memory:") or path.startswith("file:") else FileMarks(path)


class FileMarks:
    """SQLite: a commit is written to the file beside the database, a checkpoint to the file itself.

    Their times are looked up and nothing is opened: a file that is closed would take SQLite's own
    locks on it away from this process.
    """

    def __init__(self, path: str) -> None:
        self._paths = path, f"{path}-wal"

    def mark(self) -> Mark | None:
        main, beside = map(_stamp, self._paths)
        return Mark((main, beside), max(main[0], beside[0]))


def _stamp(path: str) -> tuple[int, int, int]:
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return (0, 0, 0)
    return found.st_mtime_ns, found.st_size, found.st_ino


class ServerMarks:
    """PostgreSQL: a snapshot names the newest transaction that has ended and those still open.

    One thread asks at a time; meanwhile the others go on with the mark before, but not for long.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._asking = Lock()
        self._known: tuple[float, Mark | None] = (-math.inf, None)

    def mark(self) -> Mark | None:
        (at, mark), now = self._known, time.monotonic()
        if now - at < EVERY:
            return mark
        if not self._asking.acquire(blocking=False):
            return mark if now - at < 2 * EVERY else None
        try:
            mark = self._ask()
            self._known = now, mark
        finally:
            self._asking.release()
        return mark

    def _ask(self) -> Mark | None:
        try:
            with self._engine.connect() as connection:
                return Mark(connection.scalar(text("SELECT pg_current_snapshot()::text")), 0)
        except SQLAlchemyError:  # the page itself will say what is wrong
            return None
