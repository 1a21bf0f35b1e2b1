"""Pages of those who look for producers on other nodes and pick their goods into rounds."""

from . import goods, sources
from .access import RULES
from .sections import on_my_page, on_space

__all__ = ["RULES", "goods", "on_my_page", "on_space", "sources"]
