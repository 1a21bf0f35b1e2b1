"""Limits on how many requests come from one place, counted in this process before anything else.

A flood must cost less than what it floods, so that this counter writes nothing; with several
processes each lets its own number through.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

WINDOW = 300
"""Seconds in which requests are counted."""

PLACES = 5_000
"""Different places that are counted at once; the one not heard of for longest goes first."""


class Counter:
    """Counts requests by place in windows of five minutes."""

    def __init__(self, places: int = PLACES) -> None:
        self._lock = Lock()
        self._places = places
        self._counted: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def wait(self, place: str, most: int, now: float) -> int:
        """Count one more request; return 0, or the seconds to wait if it is one too many."""
        with self._lock:
            began, hits = self._counted.pop(place, (now, 0))
            if not 0 <= now - began < WINDOW:
                began, hits = now, 0
            self._counted[place] = began, hits + 1
            while len(self._counted) > self._places:
                self._counted.popitem(last=False)
        return 0 if hits < most else max(1, int(began + WINDOW - now))
