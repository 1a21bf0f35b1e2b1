"""The client for everything that leaves a node: talk between nodes, previews, webhooks, pictures.

Addresses are checked when a connection is made, by the one look-up that it makes (no rebinding);
size and time are bounded as a whole; redirects stay on the origin; nothing comes from the
environment, no proxy and no password.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from .answer import Answer, Asked, Sign
from .errand import Errand, under_way
from .failures import Failed
from .lookups import Lookups, Resolver
from .places import Origin, origin_of

if TYPE_CHECKING:
    from .sending import Sender

MOST = 1024 * 1024
"""Bytes of an answer's body, unpacked."""

SECONDS = 10.0
"""How long one request may take from the first look-up to the last byte, redirects included."""

HOPS = 3
"""How many redirects are followed."""

# Spaces and controls are cut out by some readers of addresses and kept by others, and a backslash
# is a slash to some: each of them reads another host. What stands before an @ is dropped by some
# if it is empty, and so is a port 0.
_AMBIGUOUS = re.compile(r"[\x00-\x20\x7f-\xa0\\]|\A[^/]*//[^/?#]*(?:@|:0+(?:[/?#]|\Z))")


class Outgoing:
    """Sends requests to public places; may be used by any number of threads.

    With ``loopback`` it also speaks to this machine, by plain http too: for tests and for showing
    several nodes on one machine. ``trust`` is a file of certificates (PEM) instead of the usual;
    ``agent`` is how the node calls itself.
    """

    def __init__(
        self,
        resolver: Resolver,
        *,
        loopback: bool = False,
        trust: Path | None = None,
        agent: str = "Wizzle",
    ) -> None:
        self._lookups = Lookups(resolver)
        self._loopback = loopback
        self._trust, self._agent = trust, agent
        self._first = Lock()

    def fetch(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        most: int = MOST,
        seconds: float = SECONDS,
        redirects: int = HOPS,
        sign: Sign | None = None,
    ) -> Answer:
        """Send one request and return the answer, also one that says no (4xx, 5xx).

        ``most`` bounds the body in bytes, ``seconds`` the whole. GET and HEAD follow up to
        ``redirects`` redirects on the same origin; with other methods a redirect is the answer.
        Raises ``Failed`` without an answer, ``ValueError`` for headers that are none.
        """
        asked = Asked(method, headers or {}, body, most, sign)
        prepared = self._prepared(url)
        errand = Errand(
            self._origin(prepared), self._lookups, seconds=seconds, loopback=self._loopback
        )
        with under_way(errand):
            for left in range(redirects, -1, -1):
                answer = self._sender.send(errand, prepared, asked)
                if not asked.is_sent_on(answer):
                    return answer
                if left:
                    prepared = self._next(errand, prepared, answer)
        raise Failed("redirect", errand.origin.host)

    def _next(self, errand: Errand, url: str, answer: Answer) -> str:
        """Return where a redirect leads; it may not leave the origin, so headers never do."""
        try:
            found = self._prepared(urljoin(url, _unambiguous(answer.headers["location"])))
            if self._origin(found) == errand.origin:
                return found
        except (Failed, ValueError):  # an address that is none
            pass
        raise Failed("redirect", errand.origin.host)

    def _prepared(self, url: str) -> str:
        return self._sender.prepared(_unambiguous(url).partition("#")[0])

    def _origin(self, url: str) -> Origin:
        return origin_of(url, loopback=self._loopback)

    @property
    def _sender(self) -> Sender:
        with self._first:
            return self._made

    @cached_property
    def _made(self) -> Sender:
        from .sending import Sender  # loads `requests`

        return Sender(self._trust, self._agent)


def _unambiguous(url: str) -> str:
    if _AMBIGUOUS.search(url):
        raise Failed("url")
    return url
