"""The pages of the books between nodes."""

from . import books, orders
from .access import RULES
from .sections import matters, my_sections

__all__ = ["RULES", "books", "matters", "my_sections", "orders"]
