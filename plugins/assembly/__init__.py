"""The face of the assembly: the only names that plugins building on it may use."""

from .cycles.actions import offer_more
from .cycles.queries import changeable_rounds, occasions_taking_orders

__all__ = ["changeable_rounds", "occasions_taking_orders", "offer_more"]
