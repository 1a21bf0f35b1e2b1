"""What stands of a line of which something was given back after the settlement."""

from __future__ import annotations

CORRECTED = "corrected"
"""The kind of event in an order's history by which a correction is known."""


def units_left(units: int, paid: int, left: int) -> int:
    """Return how many of so many units still count as sold when ``left`` won of what was paid
    stand: one for which anything is still paid counts, one that was given back whole does not."""
    return -(-units * left // paid) if paid else 0
