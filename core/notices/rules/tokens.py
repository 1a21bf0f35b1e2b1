"""Links by which mail is switched off without logging in: signed, and good for ever.

A letter may be read years later, and its link must still do what it says; it can do no more.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

ALL, DIGEST = "all", "digest"
"""Stand for every kind that can be switched off, and for the daily mail."""

_PURPOSE = b"wizzle unsubscribe 1\0"
_MAC = 18
"""Bytes of the signature, 24 letters."""


class Unsigned(ValueError):
    """A link that this node has not made."""


def sign(secret: str, person_id: int, kind: str) -> str:
    """Return the token that switches mail of this kind off for this person."""
    said = f"{person_id}.{kind}"
    return f"{said}.{_mac(secret, said)}"


def unsigned(secret: str, token: str) -> tuple[int, str]:
    """Return person and kind of a token; raises ``Unsigned``."""
    said, _, mac = token.rpartition(".")
    if not hmac.compare_digest(mac.encode(), _mac(secret, said).encode()):
        raise Unsigned(token[:20])
    person, _, kind = said.partition(".")
    return int(person), kind


def _mac(secret: str, said: str) -> str:
    made = hmac.digest(secret.encode(), _PURPOSE + said.encode(), sha256)[:_MAC]
    return urlsafe_b64encode(made).decode()
