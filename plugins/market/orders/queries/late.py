"""Products whose seller takes no orders any more although the sale as a whole still does."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from .....core.answers import SaleTerms
from .....core.node import Node
from .....core.values import At, Message


def late_products(node: Node, terms: SaleTerms | None) -> frozenset[int]:
    """Return those of the products asked about that are past their own cut-off now.

    Asked after the terms were: whoever answered holds the occasion from then on, so that what
    passes here is counted by whoever decides at that cut-off.
    """
    if terms is None or not terms.cut_offs:
        return frozenset()
    now = node.clock.now()
    return frozenset(product for product, cut_off in terms.cut_offs.items() if cut_off <= now)


def why_late(node: Node, terms: SaleTerms, product_id: int, seller: str) -> Message | None:
    """Return why nothing of this product can be ordered or changed any more, None if it can."""
    if product_id not in late_products(node, terms):
        return None
    time = At(terms.cut_offs[product_id], ZoneInfo(node.settings.node.time_zone))
    return Message("%(seller)s took orders until %(time)s.", {"seller": seller, "time": time})
