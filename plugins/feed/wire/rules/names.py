"""Handles: the short names by which people are found from elsewhere."""

from __future__ import annotations

import hashlib
import re

_HANDLE = re.compile(r"[a-z][a-z0-9_]{2,29}")
_TAKEN = frozenset(
    {
        "node",
        "admin",
        "administrator",
        "root",
        "system",
        "steward",
        "support",
        "wizzle",
        "null",
        "our_town",
    }
)


def handle_form(typed: str) -> str | None:
    """Return the handle that somebody typed, as it is kept, or None if nobody can be called so.

    >>> handle_form(" @Minji_Kim ")
    'minji_kim'
    """
    name = typed.strip().removeprefix("@").lower()
    return name if _HANDLE.fullmatch(name) and name not in _TAKEN else None


def mark(handle: str) -> str:
    """Return what stands for a handle once nobody is called so any more."""
    return hashlib.sha256(f"handle:{handle}".encode()).hexdigest()
