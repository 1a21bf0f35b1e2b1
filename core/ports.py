"""What the node reaches the world through; handed in, so that a test can set each of them."""

from __future__ import annotations

import random
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from .passwords import Passwords

if TYPE_CHECKING:
    import requests


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
    @property
    def request(self) -> Callable[..., requests.Response]:
        """Send one request (method, url, …) and return the answer, as ``requests`` does."""


class Resolver(Protocol):
    def addresses(self, host: str) -> list[str]:
        """Return the addresses of ``host`` as texts; raises ``OSError`` if it has none."""


class SystemResolver:
    """The machine's own name resolution."""

    def addresses(self, host: str) -> list[str]:
        return [str(info[4][0]) for info in socket.getaddrinfo(host, None)]


class SystemHttp:
    """The machine's own HTTP; its library is loaded when something is first asked of it."""

    @cached_property
    def request(self) -> Callable[..., requests.Response]:
        import requests

        session = requests.Session()
        session.trust_env = False  # neither proxies nor netrc from the environment
        return session.request


@dataclass(frozen=True)
class Ports:
    """Clock, randomness, outgoing HTTP, name resolution and password hashing of one node."""

    clock: Clock = field(default_factory=SystemClock)
    random: Randomness = field(default_factory=SystemRandomness)
    http: Http = field(default_factory=SystemHttp)
    resolver: Resolver = field(default_factory=SystemResolver)
    passwords: Passwords = field(default_factory=Passwords)
