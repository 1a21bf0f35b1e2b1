"""Messages as values: a request that arrived, byte for byte, and one that is about to leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Incoming:
    """A request as it came over the wire.

    ``target`` is path and query exactly as sent, still percent-encoded; ``headers`` keep their
    order and repeats, values being bytes read as Latin-1; ``scheme`` and ``remote_addr`` are what
    our own end of the connection knows, not what a header says; ``body`` is not decoded.
    """

    method: str
    target: str
    headers: Sequence[tuple[str, str]]
    body: bytes = b""
    scheme: str = "https"
    remote_addr: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request that is ready but for its signature.

    ``url`` is absolute and as the client library will send it (take it from the *prepared*
    request: ``requests`` turns ``/a/../b?x=%7e`` into ``/b?x=~``); ``body`` is ``None`` for a GET.
    """

    method: str
    url: str
    body: bytes | None = None
