"""What a push service answers: whether the browser is still there, and when to come again."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

GONE = frozenset({404, 410})
"""The browser has ended its subscription, or the service has (RFC 8030, 7.3)."""

LONGEST = timedelta(days=1)
"""How long a service may put us off; after that the message is worth nothing any more."""


def is_gone(status: int) -> bool:
    """Say whether nothing will ever arrive there again."""
    return status in GONE


def retry_after(value: str, *, now: datetime) -> datetime | None:
    """Return when to come again by a header ``Retry-After`` (RFC 9110, 10.2.3): seconds or a date.

    None if it says nothing that can be read; a day at most.
    """
    wait = _seconds(value.strip(), now)
    if wait is None:
        return None
    return now + min(max(wait, timedelta(0)), LONGEST)


def _seconds(value: str, now: datetime) -> timedelta | None:
    if value.isascii() and value.isdigit() and len(value) < 10:
        return timedelta(seconds=int(value))
    try:
        when = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    return None if when.tzinfo is None else when - now
