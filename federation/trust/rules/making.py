"""Making keys: a new pair of each kind, and its two halves as they are kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

from .kinds import ED25519
from .multikey import multibase

Private = RSAPrivateKey | Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class Pair:
    """A new key: ``public`` as others read it, ``private`` in PKCS #8 (DER)."""

    public: str
    private: bytes = field(repr=False)


def new_pair(kind: str) -> Pair:
    """Make a key of this kind: RSA of 2048 bits, or Ed25519."""
    private = _new(kind)
    der = private.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return Pair(public_text(private), der)


def public_text(private: Private) -> str:
    """Return the public half as documents have it: a PEM, or a Multikey's multibase."""
    public = private.public_key()
    if isinstance(private, Ed25519PrivateKey):
        return multibase(private.public_key().public_bytes_raw())
    return public.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ).decode()


def _new(kind: str) -> Private:
    if kind == ED25519:
        return Ed25519PrivateKey.generate()
    return generate_private_key(public_exponent=65_537, key_size=2_048)


def read_private(der: bytes) -> Private:
    """Return the key object of a private half; slow for RSA, so it is kept."""
    found: Any = serialization.load_der_private_key(der, password=None)
    if not isinstance(found, RSAPrivateKey | Ed25519PrivateKey):
        raise TypeError("a key of another kind was kept")
    return found
