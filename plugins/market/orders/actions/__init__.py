"""What may be done with baskets and orders."""

from .basket import add_to_basket, change_basket
from .change import change_order, withdraw_order
from .cheapen import cheapen
from .checkout import check_out
from .deliver import deliver
from .forgetting import KEEPINGS
from .hand import hand_over, mark_not_collected
from .hub import cancel_by_hub, deliver_less
from .leaving import let_go
from .minimum import cancel_lines
from .notes import note_correction
from .packing import let_wait, pack
from .place import check_payment, place_order, ways_to_pay
from .refunds import refund
from .shortfall import JOB, tell_shortfall
from .stock import Short, move_stock
from .substitute import Swap, missing_of, piece_price, substitute
from .weigh import Doubt, doubt, weigh

__all__ = [
    "JOB",
    "KEEPINGS",
    "Doubt",
    "Short",
    "Swap",
    "add_to_basket",
    "cancel_by_hub",
    "cancel_lines",
    "change_basket",
    "change_order",
    "cheapen",
    "check_out",
    "check_payment",
    "deliver",
    "deliver_less",
    "doubt",
    "hand_over",
    "let_go",
    "let_wait",
    "mark_not_collected",
    "missing_of",
    "move_stock",
    "note_correction",
    "pack",
    "piece_price",
    "place_order",
    "refund",
    "substitute",
    "tell_shortfall",
    "ways_to_pay",
    "weigh",
    "withdraw_order",
]
