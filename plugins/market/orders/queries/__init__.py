"""What can be read of baskets and orders."""

from .basket import Basket, Part, Wanted, basket_of, basket_size, baskets_at
from .buyers import buyers
from .dues import containers_of_orders, due_at_checkout, due_of, dues, footings
from .finding import MY_ORDERS
from .goods import goods, terms_of
from .joined import joined
from .late import late_products, why_late
from .lines import order_at, order_lines, orders_of, sold_lines, waiting
from .mine import (
    events_of,
    last_host,
    lines_of_order,
    lines_of_orders,
    my_orders,
    next_collections,
    own_order,
)
from .movements import Movement, movements
from .numbers import numbers
from .personal import personal
from .shops import SHOP, shop_by_slug, shop_occasions, shop_terms, shops_of
from .sold import sold

__all__ = [
    "MY_ORDERS",
    "SHOP",
    "Basket",
    "Movement",
    "Part",
    "Wanted",
    "basket_of",
    "basket_size",
    "baskets_at",
    "buyers",
    "containers_of_orders",
    "due_at_checkout",
    "due_of",
    "dues",
    "events_of",
    "footings",
    "goods",
    "joined",
    "last_host",
    "late_products",
    "lines_of_order",
    "lines_of_orders",
    "movements",
    "my_orders",
    "next_collections",
    "numbers",
    "order_at",
    "order_lines",
    "orders_of",
    "own_order",
    "personal",
    "shop_by_slug",
    "shop_occasions",
    "shop_terms",
    "shops_of",
    "sold",
    "sold_lines",
    "terms_of",
    "waiting",
    "why_late",
]
