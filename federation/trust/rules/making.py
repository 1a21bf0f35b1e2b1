"""Making keys: a new private half of each kind, and how it is written down."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from .kinds import ED25519

Private = RSAPrivateKey | Ed25519PrivateKey


def new_private(kind: str) -> Private:
    """Make a key of this kind: RSA of 2048 bits, or Ed25519."""
    if kind == ED25519:
        return Ed25519PrivateKey.generate()
    return generate_private_key(public_exponent=65_537, key_size=2_048)


def written(private: Private) -> bytes:
    """Return a private half in PKCS #8, as PEM; it is to be sealed at once."""
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
