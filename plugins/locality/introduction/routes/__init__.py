"""The pages of the alliance: for everyone to read, for stewards to write."""

from . import charters, composing, records
from .charters import my_sections
from .reading import RULES, first_steps, home_sections

__all__ = [
    "RULES",
    "charters",
    "composing",
    "first_steps",
    "home_sections",
    "my_sections",
    "records",
]
