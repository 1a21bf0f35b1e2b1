"""What may be done with baskets and orders."""

from .again import in_transaction
from .basket import add_to_basket, change_basket
from .change import change_order, withdraw_order
from .checkout import check_out
from .hand import hand_over, mark_not_collected
from .hub import cancel_by_hub, deliver_less
from .leaving import let_go
from .place import place_order
from .refunds import refund

__all__ = [
    "add_to_basket",
    "cancel_by_hub",
    "change_basket",
    "change_order",
    "check_out",
    "deliver_less",
    "hand_over",
    "in_transaction",
    "let_go",
    "mark_not_collected",
    "place_order",
    "refund",
    "withdraw_order",
]
