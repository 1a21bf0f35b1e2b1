"""The pages of goods that came, one module a subject."""

from . import arrival, counting, packing, sections, sharing, substitutes, transfers, weighing
from .sections import my_sections

__all__ = [
    "arrival",
    "counting",
    "my_sections",
    "packing",
    "sections",
    "sharing",
    "substitutes",
    "transfers",
    "weighing",
]
