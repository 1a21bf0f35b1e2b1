"""What a phone takes along to the hub."""

from .personal import personal
from .snapshot import in_json, orders_taken_along

__all__ = ["in_json", "orders_taken_along", "personal"]
