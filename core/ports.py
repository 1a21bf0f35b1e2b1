"""What the node reaches the world through; handed in, so that a test can set each of them."""

from __future__ import annotations

import random
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from .outgoing import Answer, Outgoing, Resolver, Sign
from .passwords import Passwords


class Clock(Protocol):
    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class Randomness(Protocol):
    def token(self, bytes_: int = 32) -> str:
        """Return an unguessable URL-safe text made of ``bytes_`` random bytes."""

    def code(self, length: int, alphabet: str) -> str:
        """Return ``length`` letters drawn from ``alphabet``, of which there are at most 256."""


class SystemRandomness:
    """The machine's secure randomness."""

    def token(self, bytes_: int = 32) -> str:
        return secrets.token_urlsafe(bytes_)

    def code(self, length: int, alphabet: str) -> str:
        # The system is asked once and not for each letter; what would favour some is passed over.
        even = 256 - 256 % len(alphabet)
        letters, drawn = len(alphabet), ""
        while len(drawn) < length:
            found = [alphabet[b % letters] for b in secrets.token_bytes(2 * length) if b < even]
            drawn += "".join(found)
        return drawn[:length]


class SeededRandomness:
    """Repeatable randomness for simulations and tests; never for a node that serves people."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 repeatable on purpose

    def token(self, bytes_: int = 32) -> str:
        return self._random.randbytes(bytes_).hex()

    def code(self, length: int, alphabet: str) -> str:
        return "".join(self._random.choice(alphabet) for _ in range(length))


class Http(Protocol):
    """The one way out, as ``core.outgoing`` goes it; nothing else may send a request."""

    def fetch(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        most: int = ...,
        seconds: float = ...,
        redirects: int = ...,
        sign: Sign | None = None,
    ) -> Answer:
        """Send one request and return the answer; raises ``outgoing.Failed`` without one."""


class SystemResolver:
    """The machine's own name resolution."""

    def addresses(self, host: str) -> list[str]:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        return [str(info[4][0]) for info in found]


def outgoing(*, loopback: bool = False, agent: str = "Wizzle") -> Outgoing:
    """Return the guarded way out by the machine's own name resolution."""
    return Outgoing(SystemResolver(), loopback=loopback, agent=agent)


@dataclass(frozen=True)
class Ports:
    """Clock, randomness, outgoing HTTP, name resolution and password hashing of one node."""

    clock: Clock = field(default_factory=SystemClock)
    random: Randomness = field(default_factory=SystemRandomness)
    http: Http = field(default_factory=outgoing)
    resolver: Resolver = field(default_factory=SystemResolver)
    passwords: Passwords = field(default_factory=Passwords)
