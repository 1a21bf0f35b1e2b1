"""The links that guests are sent: made of the node's own secret, so that none need be kept."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from hashlib import sha256

CONFIRM, OWN = "confirm", "own"
"""What a link is for: to say that one reads the mail, which works once; to see and cancel."""

CONFIRM_WITHIN = timedelta(days=3)
_LENGTH = 40
"""Hexadecimal figures: 160 bits."""


def secret_of(key: str, purpose: str, sign_up_id: int, asked_at: datetime) -> str:
    """Return the secret of a link; another sign-up under the same id has another one."""
    told = f"locality.guest:{purpose}:{sign_up_id}:{asked_at.timestamp():.0f}"
    return hmac.new(key.encode(), told.encode(), sha256).hexdigest()[:_LENGTH]


def is_secret(given: str, key: str, purpose: str, sign_up_id: int, asked_at: datetime) -> bool:
    """Say whether this is the secret, in the same time whatever is wrong with it."""
    right = secret_of(key, purpose, sign_up_id, asked_at)
    return hmac.compare_digest(given.encode(), right.encode())
