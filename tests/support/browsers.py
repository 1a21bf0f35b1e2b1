"""A browser's half of web push, written by the RFCs and not by our own code, and a push service."""

from __future__ import annotations

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    ECDSA,
    SECP256R1,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def hmac(key: bytes, message: bytes) -> bytes:
    made = HMAC(key, SHA256())
    made.update(message)
    return made.finalize()


def raw(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def b64(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


class FakeBrowser:
    """A subscription as a browser holds it, with the private key that only it has."""

    def __init__(self) -> None:
        self._private = generate_private_key(SECP256R1())
        self.public = self._private.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        self.auth = os.urandom(16)

    @property
    def keys(self) -> dict[str, str]:
        return {"public": b64(self.public), "auth": b64(self.auth)}

    def read(self, body: bytes) -> bytes:
        """Decrypt a message step by step as RFC 8291, 3.4 writes it down."""
        salt, size = body[:16], int.from_bytes(body[16:20], "big")
        length = body[20]
        theirs, sealed = body[21 : 21 + length], body[21 + length :]
        assert len(sealed) <= size
        point = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), theirs)
        secret = self._private.exchange(ECDH(), point)
        prk_key = hmac(self.auth, secret)
        ikm = hmac(prk_key, b"WebPush: info\0" + self.public + theirs + b"\1")
        prk = hmac(salt, ikm)
        cek = hmac(prk, b"Content-Encoding: aes128gcm\0\1")[:16]
        nonce = hmac(prk, b"Content-Encoding: nonce\0\1")[:12]
        plain = AESGCM(cek).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert plain[-1:] == b"\2"
        return plain[:-1]


def claims_of(authorization: str) -> dict[str, Any]:
    """Return what a VAPID header says, once its signature fits its key (RFC 8292)."""
    scheme, _, rest = authorization.partition(" ")
    assert scheme == "vapid"
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    signed, _, signature = parts["t"].rpartition(".")
    head, body = (json.loads(raw(part)) for part in signed.split("."))
    assert head == {"typ": "JWT", "alg": "ES256"}
    numbers = raw(signature)
    der = encode_dss_signature(
        int.from_bytes(numbers[:32], "big"), int.from_bytes(numbers[32:], "big")
    )
    key = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), raw(parts["k"]))
    key.verify(der, signed.encode(), ECDSA(SHA256()))
    return {**body, "key": parts["k"]}


@dataclass
class Pushed:
    """What came to the push service."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Service:
    """A push service on this machine; ``answer`` says status and headers for what comes."""

    url: str
    came: list[Pushed] = field(default_factory=list)
    answer: Callable[[Pushed], tuple[int, dict[str, str]]] = lambda _: (201, {})

    def endpoint(self, name: str = "one") -> str:
        return f"{self.url}/push/{name}"


@contextmanager
def push_service() -> Iterator[Service]:
    """Serve a push service on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            came = Pushed(self.path, headers, body)
            service.came.append(came)
            status, more = service.answer(came)
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service = Service(f"http://127.0.0.1:{server.server_address[1]}")
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
