"""The pages of shifts: for those who help, and for those who host."""

from . import helping, hosting
from .helping import HELP
from .sections import my_sections, round_shifts, space_sections

RULES = helping.RULES

__all__ = [
    "HELP",
    "RULES",
    "helping",
    "hosting",
    "my_sections",
    "round_shifts",
    "space_sections",
]
