"""Weather: a proxy before each node that loses, doubles, delays and shuffles what goes to it.

It knows HTTP only so far that it takes whole requests; what they say goes on byte for byte.
"""

from __future__ import annotations

import http.client
import random
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LONGEST = 3.0
"""Seconds for which something is held back at most."""


@dataclass(frozen=True)
class Request:
    """A request as it came."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass
class Weather:
    """What happens to requests between the nodes; ``strength`` 0 is calm, 1 lets nothing through.

    ``ports`` are those at which the nodes listen now, by their names. ``seen`` counts what
    happened.
    """

    chance: random.Random
    strength: float = 0.0
    ports: dict[str, int] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def fate(self) -> str:
        """Say what becomes of one request."""
        with self._lock:
            bad = self.chance.random() < self.strength
            fate = self.chance.choice(FATES) if bad else "passes"
            self.seen[fate] += 1
        return fate

    def while_(self) -> float:
        """Return for how long something is held back: mostly shortly."""
        with self._lock:
            return LONGEST * self.chance.random() ** 3

    def pass_on(self, name: str, request: Request) -> tuple[int, list[tuple[str, str]], bytes]:
        """Hand a request to a node and return what it answers; OSError if nobody does."""
        port = self.ports.get(name)
        if port is None:
            raise ConnectionRefusedError(name)
        way = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
        try:
            way.putrequest(
                request.method, request.target, skip_host=True, skip_accept_encoding=True
            )
            for header, value in request.headers:
                way.putheader(header, value)
            way.endheaders(request.body or None)
            answer = way.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        except http.client.HTTPException as error:
            raise ConnectionAbortedError(name) from error
        finally:
            way.close()

    def later(self, name: str, request: Request) -> None:
        """Hand a request on after a while, whoever may have sent it again meanwhile."""

        def deliver() -> None:
            time.sleep(self.while_())
            try:
                self.pass_on(name, request)
            except OSError:
                self.seen["late for nobody"] += 1

        threading.Thread(target=deliver, daemon=True).start()


FATES = (
    "lost", "answer lost", "answer cut", "doubled", "comes again", "late", "slow", "other answer",
)  # fmt: skip
"""What bad weather does: the request is lost; it arrives and the answer is lost, or breaks off; it
arrives twice at once, or once more later; it is lost for the sender and arrives later; it takes
long; something on the way answers in the place of the node."""


class Proxy(BaseHTTPRequestHandler):
    """Stands before one node."""

    protocol_version = "HTTP/1.1"
    weather: Weather
    name: str

    def _take(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        request = Request(self.command, self.path, tuple(self.headers.items()), body)
        try:
            getattr(self, f"_{self.weather.fate().replace(' ', '_')}")(request)
        except OSError:
            self._hang_up()

    def do_GET(self) -> None:
        self._take()

    def do_POST(self) -> None:
        self._take()

    def _answer(self, request: Request, *, part: float = 1.0) -> None:
        status, headers, body = self.weather.pass_on(self.name, request)
        self.send_response_only(status)
        for header, value in headers:
            if header.lower() not in ("connection", "transfer-encoding", "content-length"):
                self.send_header(header, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: int(len(body) * part)])
        if part < 1:
            self._hang_up()

    _passes = _answer

    def _hang_up(self) -> None:
        self.close_connection = True

    def _lost(self, request: Request) -> None:
        self._hang_up()

    def _answer_lost(self, request: Request) -> None:
        self.weather.pass_on(self.name, request)
        self._hang_up()

    def _answer_cut(self, request: Request) -> None:
        self._answer(request, part=0.5)

    def _doubled(self, request: Request) -> None:
        twin = threading.Thread(target=self._alone, args=(request,), daemon=True)
        twin.start()
        self._answer(request)

    def _alone(self, request: Request) -> None:
        try:
            self.weather.pass_on(self.name, request)
        except OSError:
            self.weather.seen["twin for nobody"] += 1

    def _comes_again(self, request: Request) -> None:
        self.weather.later(self.name, request)
        self._answer(request)

    def _late(self, request: Request) -> None:
        self.weather.later(self.name, request)
        self._hang_up()

    def _slow(self, request: Request) -> None:
        time.sleep(self.weather.while_())
        self._answer(request)

    def _other_answer(self, request: Request) -> None:
        self.send_response_only(self.weather.chance.choice((500, 502, 503, 504)))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Patient(ThreadingHTTPServer):
    """Does not mind whoever hangs up: one of them was killed."""

    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        if not isinstance(sys.exception(), OSError):
            super().handle_error(*_)


def stand_before(weather: Weather, name: str) -> ThreadingHTTPServer:
    """Let the weather begin before a node; returns the proxy, whose port is the node's address."""
    kind = type("Before", (Proxy,), {"weather": weather, "name": name})
    server = Patient(("127.0.0.1", 0), kind)
    threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
    return server
