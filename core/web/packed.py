"""Static texts as they travel: packed once by gzip, for whoever can unpack them.

Pages are packed only where they are the same for every stranger (``kept``). One of somebody's own
holds the token of its forms, whose signs the length of a packed page would give away one by one
to whoever can have it asked for with words of their choice (the attack is called BREACH).
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ENDINGS = (".css", ".js", ".svg")
_LEAST = 800
"""Bytes under which packing saves nothing worth having."""

_WANTS = re.compile(r"(?:^|[\s,])gzip(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
_LENGTH, _CODING = "Content-Length", "Content-Encoding"


class Packed:
    """Stands before what serves static files and packs its answers for some addresses.

    Each is packed when it is first asked for and kept: a hundred kilobytes for all of them.
    """

    def __init__(self, app: WSGIApplication, files: Mapping[str, Path]) -> None:
        self._app = app
        self._files = {
            address: file
            for address, file in files.items()
            if file.suffix in ENDINGS and file.stat().st_size >= _LEAST
        }
        self._packed: dict[str, bytes] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        address = environ.get("PATH_INFO", "")
        file = self._files.get(address)
        if file is None or not _is_plain(environ):
            return self._app(environ, start_response)
        body = self._packed.get(address)
        if body is None:
            body = self._packed[address] = gzip.compress(file.read_bytes(), 9, mtime=0)

        def start(status: str, headers: list[tuple[str, str]], *more: object) -> object:
            told = status.startswith("200")
            return start_response(status, _told(headers, len(body)) if told else headers)

        sent = self._app({**environ, "REQUEST_METHOD": "HEAD"}, start)  # type: ignore[arg-type]
        if hasattr(sent, "close"):
            sent.close()
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def can_unpack(environ: WSGIEnvironment) -> bool:
    """Say whether who asks can unpack what is packed by gzip."""
    return _WANTS.search(environ.get("HTTP_ACCEPT_ENCODING", "")) is not None


def _is_plain(environ: WSGIEnvironment) -> bool:
    known = environ.get("HTTP_IF_NONE_MATCH") or environ.get("HTTP_IF_MODIFIED_SINCE")
    plain = environ["REQUEST_METHOD"] in ("GET", "HEAD") and not environ.get("HTTP_RANGE")
    return can_unpack(environ) and plain and not known


def _told(headers: Iterable[tuple[str, str]], length: int) -> list[tuple[str, str]]:
    kept = [pair for pair in headers if pair[0].lower() not in ("content-length", "etag")]
    return [*kept, (_LENGTH, str(length)), (_CODING, "gzip")]
