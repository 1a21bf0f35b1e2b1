"""The steward's pages of payouts: the desk, the runs, the bank accounts."""

from . import desk, payees, runs
from .access import RULES
from .sections import my_sections

__all__ = ["RULES", "desk", "my_sections", "payees", "runs"]
