"""The pages of the alliance: for everyone to read, for stewards to write."""

from . import charters, composing, records
from .charters import my_sections
from .reading import RULES, first_steps

__all__ = [
    "RULES",
    "charters",
    "composing",
    "first_steps",
    "my_sections",
    "records",
]
