"""The pages of orders between nodes, and the views that the other side's node reads."""

from . import orders, views
from .access import RULES
from .sections import matters, my_sections, today_sections

__all__ = ["RULES", "matters", "my_sections", "orders", "today_sections", "views"]
