"""What may be done with goods that came: count, share, replace, weigh, pack and move them."""

from .calling_off import call_off
from .counting import Count, count
from .packing import check_order, field_of, let_wait, pack, weigh
from .sharing import replace, share
from .transfers import discard, propose, receive, send

__all__ = [
    "Count",
    "call_off",
    "check_order",
    "count",
    "discard",
    "field_of",
    "let_wait",
    "pack",
    "propose",
    "receive",
    "replace",
    "send",
    "share",
    "weigh",
]
