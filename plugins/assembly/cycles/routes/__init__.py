"""The pages of hubs and rounds, one module a subject."""

from . import (
    calendars,
    desk,
    handover,
    hubs,
    offers,
    parts,
    points,
    producing,
    rounds,
    schedules,
    sections,
    sheets,
)
from .access import RULES
from .producing import today_sections
from .sections import first_steps, home_sections, my_sections, space_sections

__all__ = [
    "RULES",
    "calendars",
    "desk",
    "first_steps",
    "handover",
    "home_sections",
    "hubs",
    "my_sections",
    "offers",
    "parts",
    "points",
    "producing",
    "rounds",
    "schedules",
    "sections",
    "sheets",
    "space_sections",
    "today_sections",
]
