"""The adapter of ``requests`` whose connections go nowhere but to checked addresses.

Used without a ``Session``: one would keep cookies, and reads the body of a redirect whole.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from ssl import SSLContext
from typing import Any

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util.ssl_ import create_urllib3_context

from .errand import HEADERS, present
from .sockets import TimedSocket, TimedTLS, connected

KEPT = 4
"""How many connections to one host there are, at work or kept for the next request."""

HOSTS = 50
"""To how many hosts connections are kept; the one not called for longest goes first."""


class _Guarded(HTTPConnection):
    sock: Any

    def _new_conn(self) -> TimedSocket:
        return connected(present(), self._dns_host, self.port)

    def request(self, *args: Any, **options: Any) -> None:
        if self.sock is not None:
            self.sock.errand = present()
        super().request(*args, **options)

    def getresponse(self) -> Any:
        present().allow(HEADERS)
        return super().getresponse()


class _GuardedTLS(_Guarded, HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        self.sock.errand = present()


class _Queue(HTTPConnectionPool):
    """Waits for a free connection no longer than the errand has."""

    ConnectionCls = _Guarded

    def _get_conn(self, timeout: float | None = None) -> Any:
        return super()._get_conn(timeout=present().seconds())


class _QueueTLS(_Queue, HTTPSConnectionPool):
    ConnectionCls = _GuardedTLS


@cache
def _context(trust: Path | None) -> SSLContext:
    context = create_urllib3_context()
    context.load_verify_locations(trust or DEFAULT_CA_BUNDLE_PATH)  # takes 20 ms
    context.sslsocket_class = TimedTLS
    return context


class Guarded(HTTPAdapter):
    """Kept connections, no proxies, no second tries; ``trust`` is a file of certificates (PEM).

    Without it those of ``certifi`` are trusted, as ``requests`` does, on every kind of system.
    """

    def __init__(self, trust: Path | None = None) -> None:
        self._context = _context(trust)
        super().__init__(pool_connections=HOSTS, pool_maxsize=KEPT, pool_block=True)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._context, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": _Queue, "https": _QueueTLS}

    def build_response(self, req: PreparedRequest, resp: Any) -> Response:
        """Hand on what came and no more: cookies are not wanted, and take a tenth of the time."""
        response = Response()
        response.raw = resp
        return response

    def cert_verify(self, *_: Any) -> None:
        """Leave the pool alone: the context trusts already, and to load it anew is slow."""
