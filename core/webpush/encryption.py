"""Message encryption for web push (RFC 8291), in one record of aes128gcm (RFC 8188)."""

from __future__ import annotations

import os
from struct import pack

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

RECORD = 4_096
"""Bytes that a push service must take (RFC 8030, 7.2), and the size of our one record."""

MOST = 3_900
"""Bytes that are sent at most: padding sign, tag and head must fit beside them."""

POINT, AUTH = 65, 16
"""Bytes of a browser's public key, uncompressed, and of the secret that it shares."""

_LAST = b"\x02"
"""What ends the last record (RFC 8188, 2)."""


class NoBrowser(ValueError):
    """Keys that are those of no browser."""


def check_keys(public: bytes, auth: bytes) -> None:
    """Raise ``NoBrowser`` unless something can be encrypted for these keys."""
    if len(auth) != AUTH:
        raise NoBrowser("auth")
    _point(public)


def encrypt(
    plain: bytes,
    public: bytes,
    auth: bytes,
    *,
    sender: EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """Return ``plain`` as the body of a push message that only the browser can read.

    ``public`` is its key, an uncompressed point, and ``auth`` its secret of 16 bytes. ``sender``
    and ``salt`` are fresh for each message; only a test gives its own. Raises ``NoBrowser``.
    """
    if len(plain) > MOST:
        raise ValueError(f"{len(plain)} bytes are too many for one record")
    check_keys(public, auth)
    sender = sender or generate_private_key(SECP256R1())
    salt = salt or os.urandom(16)
    ours = sender.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = sender.exchange(ECDH(), _point(public))
    keyed = _derived(auth, shared, b"WebPush: info\0" + public + ours, 32)
    key = _derived(salt, keyed, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(salt, keyed, b"Content-Encoding: nonce\0", 12)
    head = salt + pack("!LB", RECORD, len(ours)) + ours
    return head + AESGCM(key).encrypt(nonce, plain + _LAST, None)


def _derived(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length=length, salt=salt, info=info).derive(secret)


def _point(public: bytes) -> EllipticCurvePublicKey:
    # Only the uncompressed form counts: the others would be derived from as other bytes.
    if len(public) != POINT or public[0] != 4:
        raise NoBrowser("p256dh")
    try:
        return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), public)
    except ValueError as error:
        raise NoBrowser("p256dh") from error
