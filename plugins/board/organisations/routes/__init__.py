"""The pages of organisations: for everyone, for those who run them, for stewards."""

from ..access import RULES
from . import about, books, reports, team
from .sections import my_sections, space_sections

__all__ = ["RULES", "about", "books", "my_sections", "reports", "space_sections", "team"]
