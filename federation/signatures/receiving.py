"""Who receives a message: everything that the verdict depends on besides the message itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Final

from .addresses import host_named
from .headers import Fields
from .memory import KeyStore, Seen
from .messages import Incoming
from .refusals import Refusal
from .web import Web

_SCHEMES: Final = frozenset({"http", "https"})


def _everyone(host: str) -> bool:
    return True


def _nobody(address: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Receiver:
    """The node as the verdict sees it.

    ``hosts`` are our own, in lower case, with a port only if it is not the scheme's own; ``now``
    is Unix time in seconds; ``admits`` tells whether a peer's host may talk to us, asked before
    anything is fetched; ``proxies`` are the networks whose ``X-Forwarded-Host`` and
    ``X-Forwarded-Proto`` are believed. ``owner_of`` names the actor that an object of a peer
    belongs to as far as it is known here; ``partner_of`` names the actor on the other side of a
    thing of ours: whom we sent the offer or follow of this id, or whose order it is.
    """

    hosts: frozenset[str]
    now: Callable[[], float]
    web: Web
    keys: KeyStore
    seen: Seen
    admits: Callable[[str], bool] = _everyone
    proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    owner_of: Callable[[str], str | None] = _nobody
    partner_of: Callable[[str], str | None] = _nobody

    def is_own(self, host: str) -> bool:
        return host in self.hosts


@dataclass(frozen=True, slots=True)
class Front:
    """How the sender saw us: scheme, ``Host`` as sent, and the authority that it stands for."""

    scheme: str
    host: str
    authority: str


def front_of(incoming: Incoming, fields: Fields, receiver: Receiver) -> Front:
    """Return the front at which a request arrived; refuse it if that is not one of ours."""
    host, scheme = fields.single("host"), incoming.scheme
    if _is_proxy(incoming.remote_addr, receiver):
        host = fields.single("x-forwarded-host") or host
        scheme = fields.single("x-forwarded-proto") or scheme
    if host is None:
        raise Refusal("malformed_request", "There is no Host header.")
    if scheme not in _SCHEMES:
        raise Refusal("malformed_request", "The scheme is neither http nor https.")
    authority = host_named(host, scheme=scheme)
    if not receiver.is_own(authority):
        raise Refusal("wrong_host", "This is not the host that the request was sent to.")
    return Front(scheme, host, authority)


def _is_proxy(address: str, receiver: Receiver) -> bool:
    if not receiver.proxies:
        return False
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found.version == each.version and found in each for each in receiver.proxies)
