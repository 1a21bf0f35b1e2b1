"""Turns: the writers of one SQLite file wait in a line instead of knocking again and again."""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # not on Windows: there the processes knock, as SQLite does by itself
    fcntl = None  # type: ignore[assignment]

PATIENCE = 20.0
"""Seconds after which a writer goes on without its turn: SQLite itself then says what is wrong."""


LOOK = 0.0005
"""Seconds between two looks whether another process has ended its turn."""


class Turns:
    """The line of one file's writers, in this process and between processes.

    SQLite lets a second writer sleep for longer and longer and look again; who comes in between
    goes first, and the file lies idle meanwhile. What keeps the data right are still SQLite's own
    locks: this only says whose turn it is, and the end of a process gives it back.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._here = threading.Lock()
        self._file: int | None = None

    def take(self) -> bool:
        """Wait for one's turn; False if it did not come in time."""
        end = time.monotonic() + PATIENCE
        if not self._here.acquire(timeout=PATIENCE):
            return False
        with suppress(OSError):  # a folder that cannot be written to has no line between processes
            if (file := self._opened()) is not None:
                _lock(file, end)
        return True

    def give(self) -> None:
        """Let the next one go."""
        with suppress(OSError):
            if self._file is not None:
                fcntl.flock(self._file, fcntl.LOCK_UN)
        self._here.release()

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            os.close(self._file)
        self._file = None

    def begin_anew(self) -> None:
        """Stand in the line by oneself, in a process that was forked: the place is not ours."""
        with suppress(OSError):
            self.close()  # else its end would not give back the turn of the process it came from
        self._here, self._file = threading.Lock(), None

    def _opened(self) -> int | None:
        if fcntl is None or self._path is None:
            return None
        if self._file is None:
            # Beside the database and never itself: to close it would drop SQLite's own locks.
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        return self._file


def _lock(file: int, end: float) -> None:
    """Lock a file, or go on without it at ``end``: the process that holds it may be stuck."""
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                return
            time.sleep(LOOK)
        else:
            return
