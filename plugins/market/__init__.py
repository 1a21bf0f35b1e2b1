"""The face of the market: the only names that plugins building on it may use."""

from .catalog.models import Product
from .catalog.queries import Filter, product_cards, products_of
from .orders.actions import (
    add_to_basket,
    cancel_by_hub,
    change_order,
    deliver_less,
    hand_over,
    mark_not_collected,
    place_order,
    refund,
    withdraw_order,
)
from .orders.models import Order, OrderEvent, OrderLine
from .orders.queries import order_lines, orders_of, sold_lines
from .orders.rules import AT_COLLECTION, MOST_LINES, Item, Orderer

__all__ = [
    "AT_COLLECTION",
    "MOST_LINES",
    "Filter",
    "Item",
    "Order",
    "OrderEvent",
    "OrderLine",
    "Orderer",
    "Product",
    "add_to_basket",
    "cancel_by_hub",
    "change_order",
    "deliver_less",
    "hand_over",
    "mark_not_collected",
    "order_lines",
    "orders_of",
    "place_order",
    "product_cards",
    "products_of",
    "refund",
    "sold_lines",
    "withdraw_order",
]
