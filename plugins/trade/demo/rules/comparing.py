"""What two nodes say of one trade, side by side, and where they do not say the same."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


def number(text: str) -> int:
    """Return the whole number that a table says, 0 if it says none.

    >>> number("12,345원"), number("-3"), number("")
    (12345, -3, 0)
    """
    digits = re.sub(r"[^\d-]", "", text)
    return int(digits) if digits.strip("-") else 0


@dataclass(frozen=True, slots=True)
class Line:
    """One good of the order: price in won, and pieces."""

    name: str
    price: int
    wanted: int
    agreed: int
    sent: int
    came: int


@dataclass(frozen=True, slots=True)
class Shares:
    """Won that residents paid for what came from elsewhere, and who got them."""

    paid: int = 0
    activist: int = 0
    centre: int = 0
    producer: int = 0


@dataclass
class Trade:
    """All that was found on both sides."""

    paid_order: int = 0
    here: list[Line] = field(default_factory=list)
    there: list[Line] = field(default_factory=list)
    shares: Shares = Shares()
    stock_before: dict[str, int] = field(default_factory=dict)
    stock_after: dict[str, int] = field(default_factory=dict)
