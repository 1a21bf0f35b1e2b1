"""Where lists go on that are sorted by an instant: the instant and the id of the last row."""

from __future__ import annotations

from datetime import datetime

Place = tuple[datetime, int]


def read_place(at: str, number: int) -> Place | None:
    """Return the place that an address holds, None if it is nonsense."""
    try:
        instant = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (instant, number) if instant.tzinfo and 2000 <= instant.year <= 2200 else None
