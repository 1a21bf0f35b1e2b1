"""Servers on this machine that answer as a test wants, well or badly, and names for them."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import pytest

from wizzle.core.outgoing import Failed, Outgoing

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK"
PUBLIC = "93.184.216.34"
"""An address that is allowed; no test ever reaches it."""


@dataclass(frozen=True)
class Heard:
    """A request as it came over the wire."""

    line: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def target(self) -> str:
        return self.line.split(" ")[1]


Answering = Callable[[Heard, socket.socket], bytes]


class Peer:
    """A server that hands each request to ``answering`` and sends what that returns, if any."""

    def __init__(self, answering: Answering, tls: ssl.SSLContext | None, host: str) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._door = socket.create_server((host, 0), family=family)
        self.port: int = self._door.getsockname()[1]
        self.url = f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"
        self.heard: list[Heard] = []
        self.connections: list[socket.socket] = []
        self._answering, self._tls = answering, tls
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                visitor, _ = self._door.accept()
                self.connections.append(visitor)
                threading.Thread(target=self._serve, args=(visitor,), daemon=True).start()

    def _serve(self, visitor: socket.socket) -> None:
        with suppress(OSError), visitor:
            if self._tls:
                visitor = self._tls.wrap_socket(visitor, server_side=True)
            with visitor, visitor.makefile("rb") as stream:
                while heard := _hear(stream):
                    self.heard.append(heard)
                    if answer := self._answering(heard, visitor):
                        visitor.sendall(answer)

    def close(self) -> None:
        for each in (self._door, *self.connections):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()


def _hear(stream: BinaryIO) -> Heard | None:
    if not (line := stream.readline()):
        return None
    headers: dict[str, str] = {}
    while (row := stream.readline().decode("latin-1").strip()) != "":
        name, _, value = row.partition(":")
        headers[name.lower()] = value.strip()
    body = stream.read(int(headers.get("content-length", 0)))
    return Heard(line.decode("latin-1").strip(), headers, body)


@dataclass
class Names:
    """A resolver that knows these names, and counts; each look-up takes the next answer."""

    known: dict[str, list[list[str]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def addresses(self, host: str) -> list[str]:
        self.asked.append(host)
        answers = self.known.get(host)
        if not answers:
            raise OSError(f"no such name: {host}")
        return answers.pop(0) if len(answers) > 1 else answers[0]


def reason(out: Outgoing, url: str, method: str = "GET", **options: Any) -> str:
    """Return why this brings no answer."""
    with pytest.raises(Failed) as caught:
        out.fetch(method, url, **options)
    assert str(caught.value)
    return caught.value.reason
