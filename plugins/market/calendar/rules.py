"""The secret of an address: made of the node's own secret, so that it need not be kept."""

from __future__ import annotations

import hmac
from hashlib import sha256

_LENGTH = 40
"""Hexadecimal figures: 160 bits."""


def secret_of(key: str, person_id: int, number: int) -> str:
    """Return the secret of a person's address; each ``number`` gives another one."""
    told = f"market.calendar:{person_id}:{number}"
    return hmac.new(key.encode(), told.encode(), sha256).hexdigest()[:_LENGTH]


def is_secret(given: str, key: str, person_id: int, number: int) -> bool:
    """Say whether this is the secret, in the same time whatever is wrong with it."""
    return hmac.compare_digest(given.encode(), secret_of(key, person_id, number).encode())
