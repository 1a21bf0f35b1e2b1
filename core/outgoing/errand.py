"""One errand: a request with its redirects, the time it has and the bytes it may bring."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic

from .failures import Failed
from .lookups import Lookups
from .places import Origin, local_addresses
from .ranges import is_public

CONNECT = 5.0
"""Seconds to find a server, to reach it and to see its certificate."""

HEADERS = 32 * 1024
"""Bytes of status line and headers of an answer, give or take one read."""

_TRIED = 4
"""How many of a name's addresses are tried."""


class Errand:
    """What sockets and connections ask while one request is under way.

    They find it in ``present``, which keeps them simple: whatever library opens or reads them, and
    from whichever pool they come, nothing moves without an errand, and none outlives its time.
    """

    def __init__(self, origin: Origin, lookups: Lookups, *, seconds: float, loopback: bool) -> None:
        self.origin = origin
        self._lookups = lookups
        self._loopback = loopback
        self._end = monotonic() + seconds
        self._bytes = 0

    def seconds(self) -> float:
        """Return how long it may still take; raises ``Failed`` when there is nothing left."""
        left = self._end - monotonic()
        if left <= 0:
            raise Failed("time", self.origin.host)
        return left

    def allow(self, bytes_: int) -> None:
        """From now on take no more than so many bytes off the wire."""
        self._bytes = bytes_

    def ready(self) -> float:
        """Return how long one read may take; raises ``Failed`` if nothing more may come."""
        if self._bytes <= 0:
            raise Failed("size", self.origin.host)
        return self.seconds()

    def count(self, bytes_: int) -> None:
        """Take note of what a read brought."""
        self._bytes -= bytes_

    def addresses(self, host: str, port: int) -> tuple[str, ...]:
        """Return the addresses that may be connected to, found by one look-up at most."""
        if (host, port) != (self.origin.host, self.origin.port):
            raise Failed("url", host)  # two readers of the same address understood it differently
        if self._loopback and (local := local_addresses(host)):
            return local
        found = self._lookups.addresses(host, seconds=min(CONNECT, self.seconds()))
        public = tuple(dict.fromkeys(address for address in found if is_public(address)))
        if not public:
            raise Failed("address" if found else "name", host)
        return public[:_TRIED]


_PRESENT: ContextVar[Errand] = ContextVar("errand")


@contextmanager
def under_way(errand: Errand) -> Iterator[None]:
    """Make this the errand of everything that is done within."""
    before = _PRESENT.set(errand)
    try:
        yield
    finally:
        _PRESENT.reset(before)


def present() -> Errand:
    """Return the errand under way; raises ``LookupError`` outside of any."""
    return _PRESENT.get()
