"""The checked address is called, and the name is what has to be proven there."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import time
from pathlib import Path

import pytest
from support.not_run import not_run
from support.peers import PUBLIC, reason

from wizzle.core.outgoing import Outgoing, adapter

URL = "https://quince.example/inbox"


def openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def authority(tmp_path_factory) -> Path:
    """A folder with ``ca.pem`` and, for each name, a certificate by it."""
    if shutil.which("openssl") is None:
        not_run("TLS", "there is no openssl to make certificates with")
    folder: Path = tmp_path_factory.mktemp("authority")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    openssl(folder, "req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2",
            "-subj", "/CN=Test", "-addext", "keyUsage=critical,keyCertSign")  # fmt: skip
    for name, also in (("quince.example", "DNS"), ("pumpkin.example", "DNS"), (PUBLIC, "IP")):
        openssl(folder, "req", "-x509", *key, "-keyout", f"{name}.key", "-out", f"{name}.pem",
                "-CA", "ca.pem", "-CAkey", "ca.key", "-days", "2", "-subj", "/CN=quince.example",
                "-addext", f"subjectAltName={also}:{name}",
                "-addext", "basicConstraints=critical,CA:FALSE")  # fmt: skip
    return folder


@pytest.fixture
def served(authority, peer, led, names):
    """Return a way to serve with somebody's certificate at every address of the internet."""
    names.known["quince.example"] = [[PUBLIC]]

    def serve(name: str, asked_for: list[str | None] | None = None, **options):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(authority / f"{name}.pem", authority / f"{name}.key")
        if asked_for is not None:
            context.sni_callback = lambda _socket, server_name, _context: asked_for.append(
                server_name
            )
        server = peer(tls=context, **options)
        led(server)
        return server

    return serve


def test_the_name_is_asked_for_and_proven_though_the_address_is_called(authority, names, served):
    asked_for: list[str | None] = []
    server = served("quince.example", asked_for)
    out = Outgoing(names, trust=authority / "ca.pem")
    for _ in range(3):
        answer = out.fetch("POST", URL, body=b"{}")
    assert (answer.status, answer.url) == (200, URL)
    assert asked_for == ["quince.example"]
    assert server.heard[0].headers["host"] == "quince.example"
    assert (len(server.connections), names.asked) == (1, ["quince.example"])
    trusted = adapter._context(authority / "ca.pem").cert_store_stats()
    assert trusted["x509"] == 1  # those of the public were not added


@pytest.mark.parametrize("name", ["pumpkin.example", PUBLIC])
def test_the_certificate_of_another_is_refused(authority, names, served, name):
    server = served(name)
    assert reason(Outgoing(names, trust=authority / "ca.pem"), URL) == "tls"
    assert server.heard == []


def test_an_authority_that_nobody_knows_is_refused(names, served):
    server = served("quince.example")
    out = Outgoing(names)
    for _ in range(5):
        assert reason(out, URL) == "tls"
    assert server.heard == []


def test_a_server_without_tls_is_refused(names, peer, led):
    names.known["quince.example"] = [[PUBLIC]]
    server = peer(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    led(server)
    assert reason(Outgoing(names), URL, seconds=1) in ("tls", "broken", "time")


def test_a_handshake_that_takes_too_long(names, peer, led):
    names.known["quince.example"] = [[PUBLIC]]
    silent = peer()
    silent._serve = lambda visitor: None
    led(silent)
    assert reason(Outgoing(names), URL, seconds=0.3) == "time"


def test_time_and_size_are_bounded_over_tls_too(authority, names, served):
    def flood(_heard, visitor):
        visitor.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            visitor.sendall(b"x" * 65536)

    served("quince.example", answering=flood)
    assert reason(Outgoing(names, trust=authority / "ca.pem"), URL) == "size"

    def drip(_heard, visitor):
        while True:
            visitor.sendall(b"H")
            time.sleep(0.05)

    served("quince.example", answering=drip)
    assert reason(Outgoing(names, trust=authority / "ca.pem"), URL, seconds=0.5) == "time"
