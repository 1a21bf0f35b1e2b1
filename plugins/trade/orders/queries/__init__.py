"""What can be read of orders between nodes."""

from .bundles import as_line, base, bundle_of, rows_of_order, view_address
from .lists import (
    SIZE,
    announced,
    events_of,
    open_orders,
    order_by_id,
    order_by_uid,
    order_offered,
    orders_of,
    partner_of,
)
from .parts import parts_of, products_of, wants_of

__all__ = [
    "SIZE",
    "announced",
    "as_line",
    "base",
    "bundle_of",
    "events_of",
    "open_orders",
    "order_by_id",
    "order_by_uid",
    "order_offered",
    "orders_of",
    "partner_of",
    "parts_of",
    "products_of",
    "rows_of_order",
    "view_address",
    "wants_of",
]
