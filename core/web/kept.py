"""Answers kept whole, for strangers: a few, for a moment, and under one mark of the database."""

from __future__ import annotations

import gzip
import time
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING

from werkzeug.http import parse_etags, remove_entity_headers, unquote_etag

from ..ports import Clock
from .marks import Mark
from .packed import can_unpack

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

MOST = 300
"""Answers kept in one process."""

MOST_BYTES = 4 * 1024 * 1024
"""Bytes of all their bodies."""

LARGEST = 512 * 1024
"""Bytes of a body that is kept; packed beside it, it takes a fifth more."""

LEAST_PACKED = 2_000
"""Bytes under which a page is not worth packing."""

LASTS = 1.0
"""Seconds, since pages also tell how long something still lasts."""

Headers = Sequence[tuple[str, str]]


@dataclass(slots=True)
class Answer:
    """A page as everyone gets it who asks for it now; ``seal`` is its ETag as it is sent.

    For whoever can unpack it, it is packed when it is sent for the first time.
    """

    seal: str
    headers: Headers
    body: bytes
    packed: bytes = b""

    def send(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a GET or HEAD, with 304 for a browser that holds this page (RFC 9110, 13.1.2)."""
        held = environ.get("HTTP_IF_NONE_MATCH")
        if held and (held == self.seal or self._is_among(held)):
            headers = list(self.headers)
            remove_entity_headers(headers)
            start_response("304 NOT MODIFIED", headers)
            return []
        packs = len(self.body) >= LEAST_PACKED and can_unpack(environ)
        start_response("200 OK", self._packing() if packs else list(self.headers))
        if environ["REQUEST_METHOD"] == "HEAD":
            return []
        return [self.packed if packs else self.body]

    def _packing(self) -> list[tuple[str, str]]:
        """Pack the body, and return the headers that go with it: its ETag is one of both forms."""
        if not self.packed:
            self.packed = gzip.compress(self.body, 3, mtime=0)
        changed = ("etag", "content-length", "vary")
        kept = [pair for pair in self.headers if pair[0].lower() not in changed]
        varied = [value for name, value in self.headers if name.lower() == "vary"]
        return [
            *kept,
            ("ETag", self.seal if self.seal.startswith("W/") else f"W/{self.seal}"),
            ("Content-Length", str(len(self.packed))),
            ("Content-Encoding", "gzip"),
            ("Vary", ", ".join([*varied, "Accept-Encoding"])),
        ]

    def _is_among(self, held: str) -> bool:
        seal, _ = unquote_etag(self.seal)
        return parse_etags(held).contains_weak(seal or "")


def answer_of(headers: Headers, body: bytes) -> Answer:
    """Make an answer of the headers and the body of a page that has an ETag."""
    seal = next(value for name, value in headers if name.lower() == "etag")
    timeless = [pair for pair in headers if pair[0].lower() != "date"]  # servers tell it themselves
    return Answer(seal, timeless, body)


@dataclass(frozen=True, slots=True)
class Moment:
    """When a page was drawn, by the machine's clock that only goes on and by the node's own."""

    here: float
    told: datetime

    def is_over(self, now: Moment) -> bool:
        """Say whether a page drawn then is too old by either clock; the node's may be set back."""
        past = now.told - self.told
        return now.here - self.here >= LASTS or not timedelta(0) <= past < timedelta(seconds=LASTS)


def moment(clock: Clock) -> Moment:
    return Moment(time.monotonic(), clock.now())


class KeptAnswers:
    """What one process keeps: the answers asked for last, all of them drawn under one mark."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._mark: Mark | None = None
        self._bytes = 0
        self._kept: OrderedDict[Hashable, tuple[Moment, Answer]] = OrderedDict()

    def find(self, key: Hashable, mark: Mark, now: Moment) -> Answer | None:
        """Return the answer to show now; under another mark than theirs, all kept are dropped."""
        with self._lock:
            if mark != self._mark:
                self._kept.clear()
                self._mark, self._bytes = mark, 0
            drawn, answer = self._kept.get(key, (now, None))
            if answer is None:
                return None
            if drawn.is_over(now):
                self._drop(key)
                return None
            self._kept.move_to_end(key)
            return answer

    def keep(self, key: Hashable, mark: Mark, drawn: Moment, answer: Answer) -> None:
        """Keep an answer drawn under this mark, unless the mark is another one by now."""
        if len(answer.body) > LARGEST:
            return
        with self._lock:
            if mark != self._mark:
                return
            self._drop(key)
            self._kept[key] = drawn, answer
            self._bytes += len(answer.body)
            while len(self._kept) > MOST or self._bytes > MOST_BYTES:
                self._drop(next(iter(self._kept)))

    def _drop(self, key: Hashable) -> None:
        _, answer = self._kept.pop(key, (None, None))
        self._bytes -= len(answer.body) if answer else 0
