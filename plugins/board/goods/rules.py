"""How much of a sale goes to a campaign: pure, so that the order of corrections cannot matter."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ....core.errors import Invalid
from ....core.values import Message, share

PROPOSED, AGREED, DECLINED, ENDED = "proposed", "agreed", "declined", "ended"
MOST_PER_UNIT = 1_000_000
MOST_TIES = 50
LONGEST = timedelta(days=3 * 366)
_KEY = 120


@dataclass(frozen=True, slots=True)
class Terms:
    """What a seller is asked for: ``per_unit`` won or ``rate_bp`` of what is paid, and when."""

    from_on: date
    until_on: date
    per_unit: int | None = None
    rate_bp: int | None = None

    def check(self, today: date) -> None:
        """Raise ``Invalid`` unless one share is named, for days that are still to come."""
        wrong: dict[str, list[Message]] = {}
        if (self.per_unit is None) is (self.rate_bp is None):
            wrong["per_unit"] = [Message("Please name one of the two: won or per cent.", {})]
        if not max(today, self.from_on) <= self.until_on <= today + LONGEST:
            wrong["until_on"] = [
                Message("The last day comes after the first, within three years from now.", {})
            ]
        if wrong:
            raise Invalid(wrong)


def due(units: int, paid: int, *, per_unit: int | None, rate_bp: int | None) -> int:
    """Return what is due of so many units for which so much was paid; half a won goes up."""
    return per_unit * units if per_unit is not None else share(paid, rate_bp or 0)


def allotted(dues: Sequence[int], most: int) -> list[int]:
    """Return what each gets where all together get at most ``most``: the first ones first.

    ``most`` is what the seller has of the occasion itself, never below 0 here.
    """
    left, found = max(0, most), []
    for each in dues:
        found.append(min(each, left))
        left -= found[-1]
    return found


def share_key(tie_id: int, posting: str) -> str:
    """Return the key of what a tie is given because of the posting of this key."""
    key = f"share:{tie_id}:{posting}"
    if len(key) <= _KEY:
        return key
    mark = hashlib.sha256(key.encode()).hexdigest()[:16]
    return f"{key[: _KEY - 17]}~{mark}"
