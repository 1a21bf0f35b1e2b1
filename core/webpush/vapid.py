"""Who sends: a push service is shown a token signed with the node's own key (VAPID, RFC 8292)."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    derive_private_key,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

LASTS = timedelta(hours=12)
"""How long a token is good for; services refuse one of more than a day (RFC 8292, 2)."""


def new_private() -> bytes:
    """Return a new private key of the curve P-256: its number in 32 bytes."""
    return generate_private_key(SECP256R1()).private_numbers().private_value.to_bytes(32, "big")


class Vapid:
    """A node's key, by which push services know that all its messages come from one sender."""

    def __init__(self, private: bytes) -> None:
        self._key: EllipticCurvePrivateKey = derive_private_key(
            int.from_bytes(private, "big"), SECP256R1()
        )

    @property
    def public(self) -> str:
        """Return the public key as browsers want it: an uncompressed point in base64url."""
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return base64url(point)

    def authorization(self, audience: str, contact: str, *, at: datetime) -> str:
        """Return the header ``Authorization`` for a push service: ``audience`` is its origin,
        ``contact`` an address (mailto: or https:) at which whoever sends can be told."""
        expires = int((at + LASTS).timestamp())
        claims = {"aud": audience, "exp": expires, "sub": contact}
        signed = f"{_part({'typ': 'JWT', 'alg': 'ES256'})}.{_part(claims)}"
        return f"vapid t={signed}.{self._signature(signed)}, k={self.public}"

    def _signature(self, signed: str) -> str:
        # A JWT wants both numbers in 32 bytes each and not in DER (RFC 7518, 3.4).
        r, s = decode_dss_signature(self._key.sign(signed.encode(), ECDSA(SHA256())))
        return base64url(r.to_bytes(32, "big") + s.to_bytes(32, "big"))


def base64url(value: bytes) -> str:
    """Return bytes in base64url without padding (RFC 7515)."""
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def _part(value: dict[str, object] | dict[str, str]) -> str:
    return base64url(json.dumps(value, separators=(",", ":")).encode())
