"""How much of a settled line may still be taken back, and out of which shares it comes."""

from __future__ import annotations

from ....core.errors import Refused
from ....core.values import Split, Won

MOST_REASON = 300


def taken_back(line: Split, done: Split, amount: int) -> Split:
    """Return the shares out of which ``amount`` won of a line go back, ``done`` having gone before.

    Each share goes back in proportion to all that has gone back so far, half a won up, so that
    after the last won of the line every share is back to the won; the producer's part is the rest.
    No share ever gets more taken than it was given, and none gets anything.
    """
    after = done.paid + amount
    if amount <= 0 or after > line.paid:
        raise ValueError(f"{amount} won of {line} cannot go back after {done}")
    centre = min(_due(line.centre, after, line.paid) - done.centre, amount)
    activist = min(_due(line.activist, after, line.paid) - done.activist, amount - centre)
    return Split(Won(amount - activist - centre), Won(activist), Won(centre))


def _due(share: int, after: int, paid: int) -> int:
    return (2 * share * after + paid) // (2 * paid)


def check_amount(amount: int, left: int, name: str) -> None:
    """Refuse to give back more of a line than is left of what was paid."""
    if not 0 < amount <= left:
        raise Refused(
            "At most %(most)s won of %(name)s can be given back.", most=f"{left:,}", name=name
        )


def correction_key(line_id: int, key: str) -> str:
    """Return the key of a correction, of its posting and of its letter."""
    return f"corrected:{line_id}:{key}"[:110]
