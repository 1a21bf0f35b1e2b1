"""Name resolution that ends in time: the system's own call knows no limit."""

from __future__ import annotations

from concurrent.futures import Future
from threading import BoundedSemaphore, Thread
from typing import Protocol

from .failures import Failed

AT_ONCE = 16
"""How many look-ups may be under way; those that were given up count until they end."""


class Resolver(Protocol):
    def addresses(self, host: str) -> list[str]:
        """Return the addresses of ``host`` as texts; raises ``OSError`` if it has none."""


class Lookups:
    """Asks a resolver in threads of their own, so that nobody waits longer than they want to."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._free = BoundedSemaphore(AT_ONCE)

    def addresses(self, host: str, *, seconds: float) -> list[str]:
        """Return the addresses of ``host``; raises ``Failed`` without any within ``seconds``."""
        if not self._free.acquire(blocking=False):
            raise Failed("busy", host)
        found: Future[list[str]] = Future()
        Thread(target=self._ask, args=(host, found), name="look-up", daemon=True).start()
        try:
            return found.result(seconds)
        except (OSError, UnicodeError, TimeoutError) as error:  # a name may also be no name
            raise Failed("name", host) from error

    def _ask(self, host: str, found: Future[list[str]]) -> None:
        try:
            found.set_result(self._resolver.addresses(host))
        except BaseException as error:
            found.set_exception(error)  # raised where it is waited for
        finally:
            self._free.release()
