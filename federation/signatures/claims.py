"""What a signature says of itself, in one shape for both forms; nothing of it is believed yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from .keys import PublicKey

Form = Literal["cavage", "rfc9421"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A signature as it was read.

    ``algorithm`` is the name it gives, or ``None``; ``covered`` the names it covers, in lower
    case; ``times`` the moments (Unix seconds) of which each must be near our clock, and
    ``timed`` whether a covered one is among them; ``holds`` computes whether it fits a key.
    """

    form: Form
    key_id: str
    algorithm: str | None
    covered: tuple[str, ...]
    times: tuple[int, ...]
    timed: bool
    expires: int | None
    signature: bytes
    holds: Callable[[PublicKey], bool]


@dataclass(frozen=True, slots=True)
class Wire:
    """What of a request can be covered, as the sender saw it."""

    method: str
    target: str
    scheme: str
    host: str
    authority: str

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        return "?" + self.target.partition("?")[2]

    @property
    def uri(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"
