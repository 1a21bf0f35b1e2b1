"""Keys: read and written as peers publish them, weighed before they are used, kept when read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from . import multibase
from .limits import MOST_KEY_TEXT
from .refusals import Refusal

Kind = Literal["rsa", "ed25519"]
_ED25519: Final = b"\xed\x01"
"""The multicodec of an Ed25519 public key (FEP-521a)."""

_PADDING: Final = PKCS1v15()
_HASH: Final = SHA256()
_FIELD: Final = 2**255 - 19
_ORDER_8: Final = int.from_bytes(
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"
)
# The points of small order by their y: order 1, 2, 4 and 8. For the first, one constant signature
# fits all messages, and the library that verifies would take it.
_SMALL_ORDER: Final = frozenset({1, _FIELD - 1, 0, _ORDER_8, _FIELD - _ORDER_8})


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that was weighed and may verify; its kind decides how, never what a message says."""

    kind: Kind
    text: str
    object: RSAPublicKey | Ed25519PublicKey

    def verifies(self, signature: bytes, message: bytes) -> bool:
        try:
            if isinstance(self.object, RSAPublicKey):
                self.object.verify(signature, message, _PADDING, _HASH)
            else:
                self.object.verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Keypair:
    """One of our own keys under its id; the object is made once and kept by who signs."""

    key_id: str
    private: RSAPrivateKey | Ed25519PrivateKey

    @classmethod
    def read(cls, key_id: str, pem: bytes) -> Keypair:
        """Return the key of an unencrypted PEM; ``ValueError`` unless it is RSA or Ed25519."""
        found = load_pem_private_key(pem, password=None)
        if not isinstance(found, RSAPrivateKey | Ed25519PrivateKey):
            raise ValueError("The key is neither RSA nor Ed25519.")
        return cls(key_id, found)

    @property
    def kind(self) -> Kind:
        return "rsa" if isinstance(self.private, RSAPrivateKey) else "ed25519"

    def sign(self, message: bytes) -> bytes:
        """Return the signature: RSASSA-PKCS1-v1_5 with SHA-256, or Ed25519."""
        if isinstance(self.private, RSAPrivateKey):
            return self.private.sign(message, _PADDING, _HASH)
        return self.private.sign(message)

    def public_text(self) -> str:
        """Return the public half as it is published: PEM (SPKI) for RSA, Multikey for Ed25519."""
        public = self.private.public_key()
        if isinstance(public, Ed25519PublicKey):
            raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
            return multibase.written(_ED25519 + raw)
        return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def published(self, owner: str) -> Mapping[str, str]:
        """Return the member of ``publicKey`` (RSA) or ``assertionMethod`` (Ed25519, FEP-521a)."""
        if self.kind == "rsa":
            return {"id": self.key_id, "owner": owner, "publicKeyPem": self.public_text()}
        return {
            "id": self.key_id,
            "type": "Multikey",
            "controller": owner,
            "publicKeyMultibase": self.public_text(),
        }


@lru_cache(maxsize=1_024)
def public_key(text: str) -> PublicKey:
    """Return the key of a PEM or of a Multikey text; raise ``Refusal`` unless it may be trusted.

    RSA has 2048 to 8192 bits and an exponent under 2^32; Ed25519 is a canonical point of large
    order. A huge exponent would cost a second of work for each message, a small key is guessed.
    """
    if len(text) > MOST_KEY_TEXT:
        raise Refusal("key_weak", "The key is longer than any key that is used.")
    if "PRIVATE KEY" in text:
        raise Refusal("private_key", "A private key was published: it must be replaced at once.")
    return _multikey(text) if text.startswith("z") else _pem(text)


def _pem(text: str) -> PublicKey:
    try:
        found = load_pem_public_key(text.strip().encode("ascii"))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise Refusal("key_weak", "The key cannot be read as PEM.") from error
    if isinstance(found, RSAPublicKey):
        return PublicKey("rsa", text, _weighed(found))
    if isinstance(found, Ed25519PublicKey):
        return _ed25519(text, found.public_bytes(Encoding.Raw, PublicFormat.Raw))
    raise Refusal("key_weak", "The key is neither RSA nor Ed25519.")


def _weighed(key: RSAPublicKey) -> RSAPublicKey:
    if not 2_048 <= key.key_size <= 8_192:
        raise Refusal("key_weak", "An RSA key must have 2048 to 8192 bits.")
    numbers = key.public_numbers()
    if not (3 <= numbers.e < 2**32 and numbers.e % 2 and numbers.n % 2):
        raise Refusal("key_weak", "An RSA exponent must be odd, above 2 and below 2^32.")
    return key


def _multikey(text: str) -> PublicKey:
    data = multibase.read(text)
    if data is None or not data.startswith(_ED25519) or len(data) != 34:
        raise Refusal("key_weak", "A Multikey must be an Ed25519 key in base58btc.")
    return _ed25519(text, data[2:])


def _ed25519(text: str, raw: bytes) -> PublicKey:
    y = int.from_bytes(raw, "little") & (2**255 - 1)
    if y >= _FIELD or y in _SMALL_ORDER:
        raise Refusal("key_weak", "The Ed25519 key is a point of small order or not canonical.")
    return PublicKey("ed25519", text, Ed25519PublicKey.from_public_bytes(raw))
