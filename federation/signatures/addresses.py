"""Addresses of documents, actors and keys: one strict reading, and what they have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from .limits import MOST_ADDRESS
from .refusals import Refusal

_URL: Final = re.compile(
    r"https://(?P<host>[A-Za-z0-9.-]+)(?P<port>:[0-9]+)?"
    r"(?P<path>/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)?"
    r"(?P<query>\?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?"
    r"(?P<fragment>#(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?"
)
# What a node in development calls another one on the same machine.
_LOCAL: Final = re.compile(
    r"http://(?P<host>(?:127\.0\.0\.1|localhost|\[::1\])(?::[1-9][0-9]{0,4})?)"
    + _URL.pattern.partition("(?P<port>:[0-9]+)?")[2]
)
_LABEL: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
# Names that are answered by this machine, this network or another network (RFC 6761, 6762, 7686).
_INWARD: Final = frozenset({"localhost", "local", "internal", "lan", "home", "arpa", "onion"})
_DOTS: Final = re.compile(r"/(?:\.|%2e){1,2}(?=/|$)", re.IGNORECASE)
# Below these ends people register a third label (co.kr, or.kr, com.au), so that one is the site.
_SHARED: Final = re.compile(r"(?:ac|co|com|edu|go|gov|hs|kg|mil|ms|ne|net|nom|or|org|pe|re|sc)")


@dataclass(frozen=True, slots=True)
class Address:
    """An address that may be asked: ``text`` as written, ``document`` without fragment.

    ``host`` stands for the origin: scheme and port are given, but for this machine, where the
    port belongs to it.
    """

    text: str
    document: str
    host: str

    @property
    def site(self) -> str:
        return site_of(self.host)


@lru_cache(maxsize=4_096)
def read_address(text: str, *, local: bool = False) -> Address | None:
    """Return the address, or ``None`` unless it is https on a DNS name and port 443.

    Refused besides: user names, IP addresses, names that lead inward, dot segments (which clients
    rewrite), everything that is not ASCII as RFC 3986 has it, and more than ``MOST_ADDRESS``.
    ``local`` takes http on this machine's own names as well, for nodes in development.
    """
    if len(text) > MOST_ADDRESS:
        return None
    match = _LOCAL.fullmatch(text) if local and text.startswith("http:") else _URL.fullmatch(text)
    if match is None or _DOTS.search(match["path"] or ""):
        return None
    host = match["host"].lower()
    if match.re is _URL and not (match["port"] in (None, ":443") and is_dns_name(host)):
        return None
    fragment = match["fragment"] or ""
    return Address(text, text.removesuffix(fragment) if fragment else text, host)


def key_address(text: str, *, local: bool = False) -> Address:
    """Return the address of a key, or refuse it."""
    found = read_address(text, local=local)
    if found is None:
        raise Refusal("key_address", "The key id must be an https address on a DNS name, port 443.")
    return found


def is_dns_name(host: str) -> bool:
    """Tell whether ``host``, in lower case, is a name of at least two labels and no address."""
    labels = host.split(".")
    return (
        len(host) <= 253
        and len(labels) >= 2
        and all(_LABEL.fullmatch(label) for label in labels)
        and not labels[-1][0].isdigit()
        and labels[-1] not in _INWARD
    )


def site_of(host: str) -> str:
    """Return the registrable domain, near enough to give all its subdomains one budget."""
    labels = host.split(".")
    deep = len(labels) > 2 and len(labels[-1]) == 2 and _SHARED.fullmatch(labels[-2])
    return ".".join(labels[-3:] if deep else labels[-2:])


def same_origin(one: str, other: str) -> bool:
    """Tell whether two texts are addresses of one origin."""
    first, second = read_address(one, local=True), read_address(other, local=True)
    return first is not None and second is not None and first.host == second.host


def host_named(text: str, *, scheme: str) -> str:
    """Return the host of a ``Host`` header in lower case, without the scheme's own port."""
    host = text.lower()
    return host.removesuffix({"https": ":443", "http": ":80"}.get(scheme, ""))


def joined(base: str, location: str) -> str:
    """Return where a redirect leads; nonsense leads nowhere, which is the empty text."""
    from urllib.parse import urljoin

    try:
        found = urljoin(base, location)
        urlsplit(found)
    except ValueError:
        return ""
    return found
