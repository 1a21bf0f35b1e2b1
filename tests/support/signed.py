"""Peers that sign by hand: requests put together from the drafts' own words, not by our code.

Keys are made of seeded primes, so that what is signed is the same in every run and can be kept in
a file. They are worth nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache, cached_property
from typing import Any

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

NOW = 1_796_000_000
TYPE = "application/activity+json"
Private = rsa.RSAPrivateKey | Ed25519PrivateKey
Pairs = list[tuple[str, str]]


@cache
def rsa_key(seed: str, bits: int = 2048, exponent: int = 65_537) -> rsa.RSAPrivateKey:
    """Return the RSA key of a seed."""
    draw = random.Random(seed)  # repeatable on purpose
    p, q = (_prime(draw, bits // 2, exponent) for _ in range(2))
    d = pow(exponent, -1, (p - 1) * (q - 1))
    return rsa.RSAPrivateNumbers(
        p, q, d, rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q),
        rsa.RSAPublicNumbers(exponent, p * q),
    ).private_key()  # fmt: skip


def _prime(draw: random.Random, bits: int, exponent: int) -> int:
    while True:
        number = draw.getrandbits(bits) | (3 << (bits - 2)) | 1
        prime = all(number % small for small in _SMALL) and pow(2, number - 1, number) == 1
        if prime and (number - 1) % exponent:
            return number


_SMALL = [n for n in range(3, 2_000, 2) if all(n % d for d in range(3, int(n**0.5) + 1, 2))]


@cache
def ed25519_key(seed: str) -> Ed25519PrivateKey:
    """Return the Ed25519 key of a seed."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(seed.encode()).digest())


def pem(key: Private) -> str:
    public = key.public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def multikey(key: Ed25519PrivateKey) -> str:
    return base58(b"\xed\x01" + key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))


def base58(data: bytes) -> str:
    """Return multibase of bytes that do not begin with zero."""
    letters, number = "", int.from_bytes(data, "big")
    while number:
        number, rest = divmod(number, 58)
        letters = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"[rest] + letters
    return "z" + letters


def signature_of(key: Private, message: bytes) -> str:
    if isinstance(key, Ed25519PrivateKey):
        return base64.b64encode(key.sign(message)).decode()
    return base64.b64encode(key.sign(message, padding.PKCS1v15(), SHA256())).decode()


def http_date(moment: float) -> str:
    return format_datetime(datetime.fromtimestamp(int(moment), UTC), usegmt=True)


@dataclass(frozen=True)
class Peer:
    """A node that talks to us, with both of its keys."""

    host: str
    path: str = "/actor"
    type: str = "Application"

    @property
    def actor(self) -> str:
        return f"https://{self.host}{self.path}"

    @property
    def seed(self) -> str:
        """What its keys are made of: neighbours on one host have others."""
        return self.host + self.path.removeprefix("/actor")

    @property
    def rsa_id(self) -> str:
        return f"{self.actor}#main-key"

    @property
    def ed_id(self) -> str:
        return f"{self.actor}#ed25519-key"

    @cached_property
    def rsa(self) -> rsa.RSAPrivateKey:
        return rsa_key(self.seed)

    @cached_property
    def ed(self) -> Ed25519PrivateKey:
        return ed25519_key(self.seed)

    def document(self, **changes: Any) -> dict[str, Any]:
        whole: dict[str, Any] = {
            "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
            "id": self.actor,
            "type": self.type,
            "inbox": f"https://{self.host}/inbox",
            "outbox": f"https://{self.host}/outbox",
            "publicKey": {"id": self.rsa_id, "owner": self.actor, "publicKeyPem": pem(self.rsa)},
            "assertionMethod": [
                {
                    "id": self.ed_id,
                    "type": "Multikey",
                    "controller": self.actor,
                    "publicKeyMultibase": multikey(self.ed),
                }
            ],
        }
        return {name: value for name, value in {**whole, **changes}.items() if value is not None}

    def activity(self, **changes: Any) -> dict[str, Any]:
        whole: dict[str, Any] = {
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": f"https://{self.host}/activities/1",
            "type": "Create",
            "actor": self.actor,
            "object": {
                "id": f"https://{self.host}/proposals/7",
                "type": "Proposal",
                "attributedTo": self.actor,
                "name": "감자 5kg",
                "publishes": {"resourceQuantity": {"hasNumericalValue": "5.5", "hasUnit": "kg"}},
            },
        }
        return {name: value for name, value in {**whole, **changes}.items() if value is not None}


@dataclass
class Signing:
    """A request that is about to be signed by hand; every part of it can be made wrong."""

    peer: Peer
    body: bytes | None = None
    method: str = "POST"
    target: str = "/inbox"
    host: str = "jinan.example"
    now: float = NOW
    key: Private | None = None
    key_id: str | None = None
    algorithm: str | None = "rsa-sha256"
    covered: str | None = None
    digest: str | None = None
    date: str | None = None
    parameters: str = ""
    more: Pairs = field(default_factory=list)

    def cavage(self) -> Pairs:
        """Return the headers of the older form."""
        key, key_id = self._key()
        headers: Pairs = [("Host", self.host), ("Date", self.date or http_date(self.now))]
        names = "(request-target) host date"
        if self.body is not None:
            names += " digest"
            headers += [("Content-Type", TYPE), ("Digest", self.digest or sha_256(self.body))]
        headers += self.more
        names = names if self.covered is None else self.covered
        lines = [self._line(name, headers) for name in names.split(" ")]
        named = f',algorithm="{self.algorithm}"' if self.algorithm is not None else ""
        shown = f',headers="{names}"' if names else ""
        value = signature_of(key, "\n".join(lines).encode())
        text = f'keyId="{key_id}"{named}{shown}{self.parameters},signature="{value}"'
        return [*headers, ("Signature", text)]

    def rfc9421(self) -> Pairs:
        """Return the headers of RFC 9421; ``covered`` are names apart by spaces."""
        key, key_id = self._key()
        headers: Pairs = [("Host", self.host), ("Date", self.date or http_date(self.now))]
        names = "@method @target-uri"
        if self.body is not None:
            names += " content-digest"
            value = self.digest or f"sha-256=:{_sha_256(self.body)}:"
            headers += [("Content-Type", TYPE), ("Content-Digest", value)]
        headers += self.more
        names = names if self.covered is None else self.covered
        inner = "(" + " ".join(f'"{name}"' for name in names.split(" ") if name) + ")"
        named = f';alg="{self.algorithm}"' if self.algorithm is not None else ""
        created = f";created={int(self.now)}" if "created=" not in self.parameters else ""
        inner += f'{created};keyid="{key_id}"{named}{self.parameters}'
        lines = [f'"{name}": {self._component(name, headers)}' for name in names.split(" ") if name]
        base = "\n".join([*lines, f'"@signature-params": {inner}'])
        return [
            *headers,
            ("Signature-Input", f"sig1={inner}"),
            ("Signature", f"sig1=:{signature_of(key, base.encode())}:"),
        ]

    def _key(self) -> tuple[Private, str]:
        by_name = {None, "ed25519"} if self.key is None else set()
        ed = self.algorithm in by_name and self.algorithm == "ed25519"
        key = self.key or (self.peer.ed if ed else self.peer.rsa)
        return key, self.key_id or (self.peer.ed_id if ed else self.peer.rsa_id)

    def _line(self, name: str, headers: Pairs) -> str:
        if name == "(request-target)":
            return f"{name}: {self.method.lower()} {self.target}"
        if name in ("(created)", "(expires)"):
            text = self.parameters.split(f"{name.strip('()')}=")[1].split(",")[0]
            return f"{name}: {text}"
        return f"{name}: {joined(name, headers)}"

    def _component(self, name: str, headers: Pairs) -> str:
        path, _, query = self.target.partition("?")
        return {
            "@method": self.method,
            "@authority": self.host.lower(),
            "@target-uri": f"https://{self.host.lower()}{self.target}",
            "@path": path,
            "@query": f"?{query}",
            "@request-target": self.target,
        }.get(name) or joined(name.partition('"')[0], headers)


def joined(name: str, headers: Pairs) -> str:
    return ", ".join(value for key, value in headers if key.lower() == name.lower())


def _sha_256(body: bytes) -> str:
    return base64.b64encode(hashlib.sha256(body).digest()).decode()


def sha_256(body: bytes) -> str:
    return f"SHA-256={_sha_256(body)}"


def as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
