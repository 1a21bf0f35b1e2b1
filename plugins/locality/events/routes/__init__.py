"""The pages of events: the calendar, each event, coming, and holding one."""

from . import calendars, coming, dates, feeds, guests, holding, people, reading
from .sections import home_sections, my_sections, space_sections

__all__ = [
    "calendars",
    "coming",
    "dates",
    "feeds",
    "guests",
    "holding",
    "home_sections",
    "my_sections",
    "people",
    "reading",
    "space_sections",
]
