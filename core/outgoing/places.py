"""Which addresses (URLs) are called at all: by scheme, name and port, before any look-up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from .failures import Failed
from .ranges import is_loopback

_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
# At least one dot, and a last label with a letter first: what ends in a number is an address
# in one of the spellings that resolvers read (127.1, 0x7f.1, 2130706433).
_NAME = re.compile(rf"(?=.{{1,253}}\Z)(?:{_LABEL}\.)+(?=[a-z])(?:{_LABEL})")
_DEFAULT = {"http": 80, "https": 443}
_LOCAL = ("127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host (lower case, without brackets) and port: who is spoken to (RFC 6454)."""

    scheme: str
    host: str
    port: int

    @property
    def authority(self) -> str:
        """Return what stands in the header ``Host``: a usual port is left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT[self.scheme] else f"{host}:{self.port}"


def origin_of(url: str, *, loopback: bool) -> Origin:
    """Return the origin of ``url``, which is ASCII already; raises ``Failed`` unless it is called.

    Called is https on port 443 of a DNS name; with ``loopback`` also http, https and any port of
    this machine by its addresses or names under localhost (RFC 6761).
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Failed("url") from None
    if parts.scheme not in _DEFAULT or "@" in parts.netloc or port == 0:
        raise Failed("url", host)
    origin = Origin(parts.scheme, host, port or _DEFAULT[parts.scheme])
    if not _is_called(origin, loopback=loopback):
        raise Failed("url", host)
    return origin


def local_addresses(host: str) -> tuple[str, ...]:
    """Return this machine's addresses if ``host`` names it without any look-up, else none."""
    if host == "localhost" or host.endswith(".localhost"):
        return _LOCAL
    return (host,) if is_loopback(host) else ()


def _is_called(origin: Origin, *, loopback: bool) -> bool:
    if loopback and local_addresses(origin.host):
        return True
    if origin.host.endswith(".localhost"):
        return False
    usual = origin.scheme == "https" and origin.port == _DEFAULT["https"]
    return usual and _NAME.fullmatch(origin.host) is not None
