"""The bare limits of letters: an inbox of Flask, and a loop that signs and posts.

The inbox reads a signature of RFC 9421 as our friends write it, verifies it with a kept key, and
commits the letter under its id; its database and the key (hex) come by BENCH_URL and BENCH_KEY.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import os
import sys
import time
from datetime import UTC, datetime
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from flask import Flask, Response, request

from .bare import _connection, _statement

app = Flask(__name__)
TABLE = "CREATE TABLE bench_letter (id TEXT PRIMARY KEY, body TEXT, at TEXT)"
_KEEP = "INSERT INTO bench_letter (id, body, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"


@cache
def _verifier() -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(os.environ["BENCH_KEY"]))


@app.get("/hello")
def hello() -> str:
    """Answer without any work."""
    return "hello"


@app.post("/inbox")
def inbox() -> Response:
    """Verify and keep a letter."""
    body = request.get_data()
    if f"sha-256=:{_digest(body)}:" != request.headers["Content-Digest"]:
        return Response(status=400)
    given = request.headers["Signature-Input"].partition("=")[2]
    names = given[1 : given.index(")")].replace('"', "").split()
    values = {
        "@method": "POST",
        "@target-uri": "https://bench.example/inbox",
        "@authority": "bench.example",
    }
    lines = [f'"{name}": {values.get(name) or request.headers[name]}' for name in names]
    text = "\n".join([*lines, f'"@signature-params": {given}'])
    signature = base64.b64decode(request.headers["Signature"].split(":")[1])
    _verifier().verify(signature, text.encode())
    name = json.loads(body)["id"]
    row = (name, body.decode(), datetime.now(UTC).isoformat())
    _connection().execute(_statement(_KEEP), row)
    return Response(status=202)


def _digest(body: bytes) -> str:
    return base64.b64encode(hashlib.sha256(body).digest()).decode()


def send(port: int, count: int, body: bytes) -> dict[str, float]:
    """Sign and post over one kept connection, as little as can be done."""
    key = Ed25519PrivateKey.generate()
    connection = http.client.HTTPConnection("127.0.0.1", port)
    clock, cpu = time.perf_counter(), time.process_time()
    for _ in range(count):
        digest = _digest(body)
        given = f'("@method" "@target-uri" "content-digest");created={int(time.time())};keyid="k"'
        text = (
            f'"@method": POST\n"@target-uri": https://x/inbox\n"content-digest": {digest}\n{given}'
        )
        signature = base64.b64encode(key.sign(text.encode())).decode()
        headers = {
            "Content-Digest": f"sha-256=:{digest}:", "Signature-Input": f"a={given}",
            "Signature": f"a=:{signature}:", "Content-Type": "application/activity+json",
        }  # fmt: skip
        connection.request("POST", "/inbox", body, headers)
        connection.getresponse().read()
    return {
        "count": count,
        "seconds": time.perf_counter() - clock,
        "cpu": time.process_time() - cpu,
    }


if __name__ == "__main__":
    print(json.dumps(send(int(sys.argv[1]), int(sys.argv[2]), b"x" * 1_600)))
