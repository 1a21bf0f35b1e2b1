"""The pages of settlements, one module a subject."""

from . import sections, settling, statements
from .access import RULES
from .sections import my_sections

__all__ = ["RULES", "my_sections", "sections", "settling", "statements"]
