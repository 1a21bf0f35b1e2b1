"""How much may come in at once, so that a flood of letters never stands in the way of people."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 0.5
"""Seconds that one waits for its turn before it is told to come back later."""


class Full(Exception):
    """Too many are being looked at already."""


class Doors:
    """Lets some in at once; who comes besides waits a moment."""

    def __init__(self, width: int, *, patience: float = PATIENCE) -> None:
        self._free = threading.BoundedSemaphore(width)
        self._patience = patience

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Be one of those who are let in; raises ``Full``."""
        if not self._free.acquire(timeout=self._patience):
            raise Full
        try:
            yield
        finally:
            self._free.release()


def width(threads: int) -> int:
    """Return how many of a server's threads may look at letters: pages keep the other half."""
    return max(1, threads // 2)
