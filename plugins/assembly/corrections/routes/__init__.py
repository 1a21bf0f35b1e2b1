"""The pages of settled lines and of their corrections."""

from . import lines
from .access import RULES

__all__ = ["RULES", "lines"]
