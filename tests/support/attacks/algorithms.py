"""Algorithms that a peer would choose for us, and keys that are too weak to trust."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Iterator
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from support.attacks.building import (
    GOSEONG,
    Case,
    changed,
    documents,
    header_of,
    posted,
)
from support.signed import (
    NOW,
    base58,
    http_date,
    joined,
    pem,
    rsa_key,
)


def algorithms() -> Iterator[Case]:
    for name in ("hmac-sha256", "rsa-sha1", "rsa-sha512", "none", "RSA-SHA256", ""):
        yield posted(f"algorithm-{name or 'empty'}", "reject", "algorithm", algorithm=name)
    yield _hmac()
    yield posted(
        "ed25519-claimed-of-an-rsa-key",
        "reject",
        "algorithm",
        algorithm="ed25519",
        key=GOSEONG.rsa,
        key_id=GOSEONG.rsa_id,
    )
    yield posted(
        "rsa-claimed-of-an-ed25519-key", "reject", "algorithm", key=GOSEONG.ed, key_id=GOSEONG.ed_id
    )
    for name in ("rsa-pss-sha512", "hmac-sha256", "rsa-sha256", "ecdsa-p256-sha256"):
        yield posted(
            f"rfc9421-algorithm-{name}", "reject", "algorithm", form="rfc9421", algorithm=name
        )
    yield posted(
        "rfc9421-ed25519-claimed-of-an-rsa-key",
        "reject",
        "algorithm",
        form="rfc9421",
        algorithm="ed25519",
        key=GOSEONG.rsa,
        key_id=GOSEONG.rsa_id,
    )
    yield posted(
        "created-beside-rsa-sha256",
        "reject",
        "algorithm",
        parameters=f",created={NOW}",
        covered="(request-target) host (created) digest",
    )
    weak = rsa_key("weak", 1_024)
    yield _keyed("rsa-of-1024-bits", "key_weak", weak, pem(weak))
    odd = rsa_key("odd", 2_048, (1 << 32) + 15)
    yield _keyed("rsa-with-a-huge-exponent", "key_weak", odd, pem(odd))
    yield _keyed("private-key-in-the-document", "private_key", GOSEONG.rsa, _private())
    yield posted(
        "private-key-elsewhere-in-the-document",
        "reject",
        "private_key",
        around={"documents": documents(privateKeyPem="…")},
    )
    yield from _small_order()


def _hmac() -> Case:
    """The published key as a shared secret: what a reader of the peer's own header would take."""
    made = posted("published-key-as-a-secret", "reject", "algorithm", algorithm="hmac-sha256")
    body = base64.b64decode(made["request"]["body_b64"])
    lines = "\n".join(
        [
            "(request-target): post /inbox",
            "host: jinan.example",
            f"date: {http_date(NOW)}",
            f"digest: {joined('digest', [tuple(each) for each in made['request']['headers']])}",
        ]
    )
    mac = hmac.digest(pem(GOSEONG.rsa).encode(), lines.encode(), "sha256")
    assert body
    head = header_of(made, "signature").partition(",signature=")[0]
    return changed(made, "signature", f'{head},signature="{base64.b64encode(mac).decode()}"')


def _keyed(name: str, reason: str, key: Any, text: str) -> Case:
    listed = {"id": GOSEONG.rsa_id, "owner": GOSEONG.actor, "publicKeyPem": text}
    return posted(
        name, "reject", reason, key=key, around={"documents": documents(publicKey=listed)}
    )


def _private() -> str:
    return GOSEONG.rsa.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _small_order() -> Iterator[Case]:
    """The identity point: R = identity and S = 0 fit every message."""
    identity = (1).to_bytes(32, "little")
    listed = [
        {
            "id": GOSEONG.ed_id,
            "type": "Multikey",
            "controller": GOSEONG.actor,
            "publicKeyMultibase": base58(b"\xed\x01" + identity),
        }
    ]
    made = posted(
        "ed25519-of-small-order",
        "reject",
        "key_weak",
        algorithm="ed25519",
        around={"documents": documents(assertionMethod=listed)},
    )
    constant = base64.b64encode(identity + bytes(32)).decode()
    head = header_of(made, "signature").partition(",signature=")[0]
    yield changed(made, "signature", f'{head},signature="{constant}"')
