"""Bounds of prices and quantities, and what a line of an order costs."""

from __future__ import annotations

from enum import StrEnum

from .....core.errors import Refused
from .....core.values import Won

MAX_PRICE = 100_000_000
"""The highest price of one unit, in won."""

MAX_QUANTITY = 10_000
"""The most units that one line may order, and the most that a minimum or a step may ask."""

MAX_STOCK = 1_000_000


class TaxClass(StrEnum):
    """Whether value added tax is in the price (Value-Added Tax Act, article 26(1): what is not)."""

    EXEMPT = "exempt"
    TAXED = "taxed"


def check_quantity(quantity: int, minimum: int = 1, step: int = 1) -> None:
    """Refuse a quantity below ``minimum``, between its ``step``s or beyond all bounds."""
    if quantity < minimum:
        raise Refused("Please order at least %(minimum)s.", minimum=minimum)
    if quantity > MAX_QUANTITY:
        raise Refused("One order takes at most %(most)s of a product.", most=MAX_QUANTITY)
    if over := (quantity - minimum) % step:
        raise Refused(
            "This product is ordered in steps of %(step)s: take %(fewer)s or %(more)s.",
            step=step,
            fewer=quantity - over,
            more=quantity - over + step,
        )


def line_amount(price: int, quantity: int) -> Won:
    """Return what ``quantity`` units at ``price`` won cost, in won."""
    if price < 0 or quantity < 0:
        raise ValueError(f"no line of {quantity} at {price} won")
    return Won(price * quantity)
