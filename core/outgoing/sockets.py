"""Sockets that lead only to checked addresses, and whose every step fits into the errand's time.

A time limit of the standard kind starts anew with each read, so a server that sends a byte now
and then would hold its caller for ever.
"""

from __future__ import annotations

import socket
import ssl
from time import monotonic
from typing import Any

from .errand import CONNECT, Errand
from .failures import Failed


class TimedSocket(socket.socket):
    """A socket for one errand after another; ``errand`` is the one that it now works for."""

    errand: Errand

    def recv_into(self, *args: Any, **options: Any) -> int:
        self.settimeout(self.errand.ready())
        try:
            got = super().recv_into(*args, **options)
        except TimeoutError:
            raise Failed("time", self.errand.origin.host) from None
        self.errand.count(got)
        return got

    def send(self, *args: Any) -> int:
        self.settimeout(self.errand.seconds())
        try:
            return super().send(*args)
        except TimeoutError:
            raise Failed("time", self.errand.origin.host) from None

    def sendall(self, *args: Any) -> None:
        self.settimeout(self.errand.seconds())
        try:
            super().sendall(*args)
        except TimeoutError:
            raise Failed("time", self.errand.origin.host) from None


class TimedTLS(TimedSocket, ssl.SSLSocket):
    """The same over TLS; an ``SSLContext`` makes it out of a plain one."""


def connected(errand: Errand, host: str, port: int) -> TimedSocket:
    """Return a socket to ``host``, whose addresses are looked up once, checked, and used.

    It is left with as many seconds as the handshake of TLS may take.
    """
    end = monotonic() + min(CONNECT, errand.seconds())
    addresses = errand.addresses(host, port)
    for left, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
        patience = end - monotonic()
        if patience <= 0:
            break
        if found := _opened(address, port, patience / left):
            found.errand = errand
            found.settimeout(max(end - monotonic(), 0.001))
            return found
    raise Failed("connect", host)


def _opened(address: str, port: int, patience: float) -> TimedSocket | None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        way = TimedSocket(family, socket.SOCK_STREAM)
    except OSError:
        return None  # a machine without IPv6
    try:
        way.settimeout(patience)
        way.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        way.connect((address, port))
    except OSError:
        way.close()
        return None
    return way
