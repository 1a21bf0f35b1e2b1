"""Several nodes that talk by real HTTP over loopback, each behind what stands for its proxy.

Their addresses are names of https as in earnest; ``Wire`` plays what lies between: names, TLS, and
whatever goes wrong on the way.
"""

from __future__ import annotations

import http.client
import shutil
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import waitress
from flask import Flask

from wizzle.core.node import Node
from wizzle.core.outgoing import Answer, Failed
from wizzle.core.testing import FixedClock, make_node
from wizzle.core.web import create_app
from wizzle.federation.trust.actions import keys
from wizzle.federation.trust.models import Peer

Fault = Callable[[str, str, bytes], Answer | None]
"""Given method, address and body: an answer in the place of the node's, or None to pass it on."""


@dataclass
class Wire:
    """The way out of nodes in a test; may be used by any number of threads."""

    ports: dict[str, int] = field(default_factory=dict)
    apps: dict[str, Flask] = field(default_factory=dict)
    down: set[str] = field(default_factory=set)
    fault: Fault | None = None
    after: Callable[[str, str, bytes, Answer], Answer] | None = None
    sent: list[tuple[str, str]] = field(default_factory=list)
    _kept: threading.local = field(default_factory=threading.local)
    _open: list[http.client.HTTPConnection] = field(default_factory=list)

    def hang_up(self) -> None:
        """Close all connections that are kept."""
        for connection in self._open:
            connection.close()

    def fetch(
        self, method: str, url: str, *, headers: Mapping[str, str] | None = None,
        body: bytes | None = None, most: int = 1 << 20, seconds: float = 10.0, redirects: int = 3,
        sign: Any = None,
    ) -> Answer:  # fmt: skip
        parts = urlsplit(url)
        host = parts.netloc
        if (host not in self.ports and host not in self.apps) or host in self.down:
            raise Failed("connect", host)
        self.sent.append((method, url))
        if self.fault is not None:
            told = self.fault(method, url, body or b"")
            if told is not None:
                return told
        out = {"Host": host, **(headers or {})}
        if sign is not None:
            out.update(sign(method, url, dict(out), body or b""))
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        if host in self.apps:
            answer = _called(self.apps[host], method, target, out, body, url)
        else:
            answer = self._ask(host, method, target, out, body, url)
        return answer if self.after is None else self.after(method, url, body or b"", answer)

    def _ask(
        self, host: str, method: str, target: str, headers: dict[str, str], body: bytes | None,
        url: str,
    ) -> Answer:  # fmt: skip
        kept = self._kept.__dict__.setdefault(host, None)
        for connection in (kept, None):
            if connection is None:
                connection = http.client.HTTPConnection("127.0.0.1", self.ports[host], timeout=10)
                self._open.append(connection)
            try:
                connection.request(method, target, body, headers)
                response = connection.getresponse()
                read = response.read()
            except (OSError, http.client.HTTPException):
                if kept is None:
                    raise Failed("broken", host) from None
                kept = None
                continue
            self._kept.__dict__[host] = connection
            told = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, told, read, url)
        raise Failed("broken", host)


def _called(
    app: Flask, method: str, target: str, headers: dict[str, str], body: bytes | None, url: str
) -> Answer:
    """Ask a node that stands in this process without a server before it."""
    base = url[: url.index("/", 8)]
    response = app.test_client().open(
        target, method=method, headers=headers, data=body, base_url=base
    )
    told = {name.lower(): value for name, value in response.headers.items()}
    return Answer(response.status_code, told, response.data, url)


@contextmanager
def near(
    wire: Wire, home: Path, host: str, *, clock: FixedClock | None = None, **settings: Any
) -> Iterator[Node]:
    """Let a node stand in this process as ``host``: quicker than one that is served."""
    home.mkdir(exist_ok=True)
    settings.setdefault("plugins", ("federation",))
    node = make_node(home, clock=clock, address=f"https://{host}", http=wire, **settings)
    wire.apps[host] = create_app(node)
    try:
        yield node
    finally:
        del wire.apps[host]
        node.close()


@contextmanager
def standing(
    wire: Wire, home: Path, host: str, *, clock: FixedClock | None = None, **settings: Any
) -> Iterator[Node]:
    """Serve a node with the federation as ``host`` until the end of the block."""
    home.mkdir(exist_ok=True)
    settings.setdefault("plugins", ("federation",))
    node = make_node(home, clock=clock, address=f"https://{host}", http=wire, **settings)
    with socket.create_server(("127.0.0.1", 0)) as door:
        wire.ports[host] = door.getsockname()[1]
        site = waitress.create_server(
            create_app(node), sockets=[door], threads=6, url_scheme="https"
        )
        answering = threading.Thread(target=site.run, name=host, daemon=True)
        answering.start()
        try:
            yield node
        finally:
            del wire.ports[host]
            wire.hang_up()
            site.close()
            site.task_dispatcher.shutdown()
            answering.join(5)
            node.close()


def joined_once(home: Path, one: str, other: str, **settings: Any) -> Path:
    """Make two nodes with keys that are tied to each other, to be copied: that takes long.

    The database of each lies in a folder of its host's name.
    """
    wire = Wire()
    with (
        near(wire, home / one, one, **settings) as here,
        near(wire, home / other, other, **settings) as there,
    ):
        join(here, there)
    return home


def copied(homes: Path, host: str, to: Path) -> Path:
    """Copy one of the nodes of ``joined_once`` and return its folder."""
    place = to / host
    place.mkdir()
    shutil.copyfile(homes / host / "wizzle.db", place / "wizzle.db")
    return place


def join(one: Node, other: Node) -> None:
    """Tie two nodes to each other, as if their stewards had agreed."""
    tie(one, other)
    tie(other, one)


def tie(here: Node, there: Node) -> None:
    """Tie another node to one, as if its steward had agreed; the other knows nothing of it."""
    address = there.settings.node.address
    keys.published(here)  # made at first need, and a tie is made by signed letters
    with here.db.write() as session:
        session.add(
            Peer(
                host=urlsplit(address).netloc, state="joined", actor=f"{address}/actor",
                name=there.settings.node.name, made_at=here.clock.now(),
            )
        )  # fmt: skip
