"""What can be read of baskets and orders."""

from .basket import Basket, Part, Wanted, basket_of, basket_size
from .goods import goods, terms_of
from .lines import order_at, order_lines, orders_of, sold_lines, waiting
from .mine import events_of, lines_of_order, my_orders, next_collections, own_order
from .shops import SHOP, shop_by_slug, shop_occasions, shop_terms, shops_of

__all__ = [
    "SHOP",
    "Basket",
    "Part",
    "Wanted",
    "basket_of",
    "basket_size",
    "events_of",
    "goods",
    "lines_of_order",
    "my_orders",
    "next_collections",
    "order_at",
    "order_lines",
    "orders_of",
    "own_order",
    "shop_by_slug",
    "shop_occasions",
    "shop_terms",
    "shops_of",
    "sold_lines",
    "terms_of",
    "waiting",
]
