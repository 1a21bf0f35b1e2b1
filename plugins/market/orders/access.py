"""Who may do what with orders, on a page and for a program alike."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from ....core.web import allow
from . import queries

ORDER = "market.order"
DESK = "market.shop.orders"


def own_shop(session: Session, slug: str) -> Any:
    """Return a shop that the viewer runs."""
    shop = queries.shop_by_slug(session, slug)
    allow(DESK, shop.id)
    return shop
