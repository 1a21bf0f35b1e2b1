"""What comes back, and who signs what goes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Sign = Callable[[str, str, Mapping[str, str], bytes], Mapping[str, str]]
"""Given method, address, headers and body as they go out, returns the headers to be added.

The address is whole and without fragment; from its first slash after the host on it is, byte for
byte, what stands in the request line. The headers hold ``Host``. Asked anew before each hop.
"""


_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said, whatever the status: a 404 is an answer too.

    Names of headers are in lower case, repeated ones joined by ", " (RFC 9110, 5.3); ``body`` is
    decoded; ``url`` is where it came from, after redirects.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What stays the same from hop to hop; ``most`` is how many bytes the body may have."""

    method: str
    headers: Mapping[str, str]
    body: bytes | None
    most: int
    sign: Sign | None

    def is_sent_on(self, answer: Answer) -> bool:
        """Tell whether the answer is a redirect that may be followed: never with a body."""
        harmless = self.method in ("GET", "HEAD") and not self.body
        return harmless and answer.status in _REDIRECTS and "location" in answer.headers
