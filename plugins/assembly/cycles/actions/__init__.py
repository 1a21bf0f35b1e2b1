"""What may be done with hubs, their rounds, and the orders that a hub hands out."""

from .hubs import Hours, change_hours, dismiss_host, make_host, make_hub
from .offers import choose_producers, choose_products, offer_all_of
from .rounds import Plan, advance, change_cycle, discard_cycle, draft_cycle, enter, locked
from .serving import cancel, deliver_less, hand_over, mark_not_collected, refund

__all__ = [
    "Hours",
    "Plan",
    "advance",
    "cancel",
    "change_cycle",
    "change_hours",
    "choose_producers",
    "choose_products",
    "deliver_less",
    "discard_cycle",
    "dismiss_host",
    "draft_cycle",
    "enter",
    "hand_over",
    "locked",
    "make_host",
    "make_hub",
    "mark_not_collected",
    "offer_all_of",
    "refund",
]
