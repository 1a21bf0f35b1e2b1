"""The pages of donations: the notice, giving, the books, the account."""

from ..access import RULES
from . import accounting, books, giving, notice, receipts
from .parts import my_sections

__all__ = ["RULES", "accounting", "books", "giving", "my_sections", "notice", "receipts"]
