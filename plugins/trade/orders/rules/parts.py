"""More than fits in one order, divided: every line of a product stands in the same part."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Protocol, TypeVar

from .bundles import MOST_LINES

FILLED = MOST_LINES - 20
"""Lines with which a part begins where there are several: room for what changes later."""


class OfProduct(Protocol):
    """What is wanted of a product."""

    @property
    def product_id(self) -> int: ...


W = TypeVar("W", bound=OfProduct)


def divided(wanted: Sequence[W], *, most: int = MOST_LINES, filled: int = FILLED) -> list[list[W]]:
    """Divide what is wanted, in the order of its products, among as few orders as will do.

    One if it all fits; else each takes up to ``filled`` lines. What is wanted of one product is
    counted, shared and paid together, and so never stands in two orders.
    """
    if len(wanted) <= most:
        return [list(wanted)]
    parts: list[list[W]] = [[]]
    for _, group in groupby(wanted, key=lambda each: each.product_id):
        lines = list(group)
        if parts[-1] and len(parts[-1]) + len(lines) > filled:
            parts.append([])
        parts[-1] += lines
    return parts


def titled_part(title: str, part: int, *, several: bool) -> str:
    """Return what an order is called, with the number of its part if there are several.

    >>> titled_part("11월 마지막 주", 2, several=True)
    '11월 마지막 주 (2)'
    """
    return f"{title[:190]} ({part})" if several else title[:200]
