"""Addresses of documents, actors and keys: one strict reading, and what they have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from .limits import MOST_ADDRESS
from .refusals import Refusal

_PATH: Final = (
    r"(?P<path>/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)?"
    r"(?P<query>\?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?"
    r"(?P<fragment>#(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?"
)
_URL: Final = re.compile(r"https://(?P<host>[A-Za-z0-9.-]+)(?P<port>:[0-9]+)?" + _PATH)
_LOCAL: Final = re.compile(r"https?://(?P<host>(?:127\.0\.0\.1|localhost)(?::[0-9]{1,5})?)" + _PATH)
_LABEL: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
# Names that are answered by this machine, this network or another network (RFC 6761, 6762, 7686).
_INWARD: Final = frozenset({"localhost", "local", "internal", "lan", "home", "arpa", "onion"})
_DOTS: Final = re.compile(r"/(?:\.|%2e){1,2}(?=/|$)", re.IGNORECASE)
# Below these ends people register a third label (co.kr, or.kr, com.au), so that one is the site.
_SHARED: Final = re.compile(r"(?:ac|co|com|edu|go|gov|hs|kg|mil|ms|ne|net|nom|or|org|pe|re|sc)")


@dataclass(frozen=True, slots=True)
class Address:
    """An https address that may be asked: ``text`` as written, ``document`` without fragment."""

    text: str
    document: str
    host: str

    @property
    def site(self) -> str:
        return site_of(self.host)


_here: ContextVar[bool] = ContextVar("here", default=False)


@contextmanager
def on_this_machine() -> Iterator[None]:
    """Within, addresses of this very machine are taken too, with any port: for development."""
    before = _here.set(True)
    try:
        yield
    finally:
        _here.reset(before)


def read_address(text: str) -> Address | None:
    """Return the address, or ``None`` unless it is https on a DNS name and port 443.

    Refused besides: user names, IP addresses, names that lead inward, dot segments (which clients
    rewrite), everything that is not ASCII as RFC 3986 has it, and more than ``MOST_ADDRESS``.
    """
    if _here.get() and (found := _local(text)):
        return found
    return _public(text)


def _local(text: str) -> Address | None:
    match = _LOCAL.fullmatch(text) if len(text) <= MOST_ADDRESS else None
    if match is None or _DOTS.search(match["path"] or ""):
        return None
    return Address(text, text.removesuffix(match["fragment"] or ""), match["host"])


@lru_cache(maxsize=4_096)
def _public(text: str) -> Address | None:
    match = _URL.fullmatch(text) if len(text) <= MOST_ADDRESS else None
    if match is None or match["port"] not in (None, ":443") or _DOTS.search(match["path"] or ""):
        return None
    host = match["host"].lower()
    if not is_dns_name(host):
        return None
    fragment = match["fragment"] or ""
    return Address(text, text.removesuffix(fragment) if fragment else text, host)


def key_address(text: str) -> Address:
    """Return the address of a key, or refuse it."""
    found = read_address(text)
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
    """Tell whether two texts are addresses of one origin; all addresses are https on 443."""
    first, second = read_address(one), read_address(other)
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
