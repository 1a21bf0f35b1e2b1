"""The pages of hubs and rounds, one module a subject."""

from . import desk, handover, hubs, offers, rounds, sections, sheets
from .access import RULES
from .sections import home_sections, my_sections, space_sections

__all__ = [
    "RULES",
    "desk",
    "handover",
    "home_sections",
    "hubs",
    "my_sections",
    "offers",
    "rounds",
    "sections",
    "sheets",
    "space_sections",
]
