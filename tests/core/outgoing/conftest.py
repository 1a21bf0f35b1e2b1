"""Ways out for the tests, and servers that go when the test does."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator

import pytest
from support.peers import OK, Answering, Names, Peer

from wizzle.core.outgoing import Outgoing, sending, sockets

Peers = Callable[..., Peer]


@pytest.fixture(scope="session", autouse=True)
def loaded() -> None:
    """Load what sends beforehand, so that it takes no test's time."""
    sending.Sender(None, "")


@pytest.fixture
def peer() -> Iterator[Peers]:
    """Return a way to start servers; a fixed answer may be given instead of a function."""
    started: list[Peer] = []

    def start(
        answering: Answering | bytes = OK,
        *,
        tls: ssl.SSLContext | None = None,
        host: str = "127.0.0.1",
    ) -> Peer:
        answers = (lambda *_: answering) if isinstance(answering, bytes) else answering
        started.append(Peer(answers, tls, host))
        return started[-1]

    yield start
    for each in started:
        each.close()


@pytest.fixture
def names() -> Names:
    return Names()


@pytest.fixture
def out(names: Names) -> Outgoing:
    """The way out of a node that serves people."""
    return Outgoing(names)


@pytest.fixture
def near(names: Names) -> Outgoing:
    """The way out of a node in development: to this machine as well."""
    return Outgoing(names, loopback=True)


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Note which addresses are connected to, and let nobody open there."""
    noted: list[tuple[str, int]] = []

    def note(address: str, port: int, _patience: float) -> None:
        noted.append((address, port))

    monkeypatch.setattr(sockets, "_opened", note)
    return noted


@pytest.fixture
def led(monkeypatch: pytest.MonkeyPatch) -> Callable[[Peer], None]:
    """Return a way to put a server of this machine at every address of the internet."""
    opened = sockets._opened

    def lead(to: Peer) -> None:
        monkeypatch.setattr(
            sockets, "_opened", lambda _address, _port, left: opened("127.0.0.1", to.port, left)
        )

    return lead
