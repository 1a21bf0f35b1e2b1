"""Pages of the basket and of orders: a resident's own, and a shop's desk."""

from .....core.answers import MenuItem, Rule
from . import balance, basket, checkout, desk, orders, refunding
from .sections import on_home, on_my_page, on_space

RULES = (
    Rule("market.order", members=True),
    Rule("market.shop.orders", roles=frozenset({"owner"})),
)
MENU = (
    MenuItem(
        "Basket",
        "market.basket",
        icon="basket",
        order=30,
        action="market.order",
        count=basket.count_basket,
    ),
    MenuItem("My orders", "market.my_orders", icon="list", order=31, action="market.order"),
)

__all__ = [
    "MENU",
    "RULES",
    "balance",
    "basket",
    "checkout",
    "desk",
    "on_home",
    "on_my_page",
    "on_space",
    "orders",
    "refunding",
]
