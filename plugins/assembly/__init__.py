"""The face of the assembly: the only names that plugins building on it may use."""

from .cycles.actions import offer_more
from .cycles.queries import changeable_rounds, occasions_taking_orders
from .receiving.actions import call_off
from .receiving.queries import came_of

__all__ = ["call_off", "came_of", "changeable_rounds", "occasions_taking_orders", "offer_more"]
