"""What holds of public pages, circles and newcomers whoever asks: no session, no request."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

MOST_MEMBERS = 100
"""People of one circle, those who are invited counted in."""

MOST_OF_NEWCOMERS = 10
"""People of a circle that somebody leads who is new here."""

MOST_CIRCLES = 30
"""Circles that one person leads."""

HANDLE = re.compile(r"(?=[0-9_]*[a-z])[a-z0-9_]{3,30}")
"""What a public page is called, with one letter at least; other nodes' networks take no other
signs."""

RESERVED = frozenset({"new", "admin", "me", "steward", "wizzle", "node", "help", "our_town"})

NEW_FOR = timedelta(days=3)
"""How long somebody is new where no neighbour vouches for others."""


def handle_form(text: str) -> str:
    """Return a handle as it is kept, or an empty text if it cannot be one."""
    typed = text.strip().lstrip("@").lower()
    return typed if HANDLE.fullmatch(typed) and typed not in RESERVED else ""


def is_new(vouched: bool | None, joined_at: datetime, now: datetime) -> bool:
    """Say whether somebody may do less for now: not vouched for, or here for under three days."""
    return now - joined_at < NEW_FOR if vouched is None else not vouched
