"""How neighbours are confirmed: how long it holds, how many one may confirm, what a code is.

One's part of town is chosen by hand. No position of a device is asked for, so that the Location
Information Act (articles 15 and 19) asks for no consent to one.
"""

from __future__ import annotations

import hmac
import re
from datetime import datetime, timedelta
from hashlib import sha256

from ....core.values import months_later

HOLDS_MONTHS = 12
"""A confirmation holds so long: people move."""

RENEW_DAYS = 60
"""So long before its end it can be renewed."""

REMIND_DAYS = 30
"""So long before its end one is reminded."""

MOST_BY_NEIGHBOUR = 5
MOST_BY_ACTIVIST = 50
"""How many people one may confirm within ``WINDOW``."""

WINDOW = timedelta(days=30)

ASKING_MINUTES = 60
"""How long the code works that somebody shows to a neighbour."""

PAPER_DAYS = 90
"""How long a code on paper works."""

MOST_PAPERS = 100
"""Codes that are printed at once."""

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without letters that are taken for another when read aloud or written by hand."""

ASKING_LENGTH = 8
PAPER_LENGTH = 12
"""About 40 and 59 bits; tries are counted besides."""

MOST_QUARTERS = 60
NEIGHBOUR, ACTIVIST, PAPER = "neighbour", "activist", "paper"


def expiry(at: datetime) -> datetime:
    """Return until when a confirmation of this moment holds."""
    return months_later(at, HOLDS_MONTHS)


def can_renew(expires_at: datetime | None, now: datetime) -> bool:
    """Say whether one may be confirmed (again) now."""
    return expires_at is None or expires_at - now <= timedelta(days=RENEW_DAYS)


def holds(expires_at: datetime | None, now: datetime) -> bool:
    """Say whether a confirmation holds now."""
    return expires_at is not None and expires_at > now


def plain_code(typed: str) -> str:
    """Return a code as it was drawn, however it was typed: "ab3k-9xyz" is AB3K9XYZ."""
    return re.sub(r"[\s\-·.]", "", typed).upper()


def shown_code(code: str) -> str:
    """Return a code as people read it, in groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def seal(key: str, purpose: str, code: str) -> str:
    """Return what is kept of a code: an HMAC-SHA-256 by the node's secret, 64 figures."""
    told = f"locality.{purpose}:{code}"
    return hmac.new(key.encode(), told.encode(), sha256).hexdigest()


def quarter_names(text: str) -> list[str]:
    """Return the names of the parts of town from lines of text, each once, in their order."""
    names = (" ".join(line.split())[:40] for line in text.splitlines())
    return list(dict.fromkeys(name for name in names if name))
