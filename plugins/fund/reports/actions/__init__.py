"""What the fund's offices do: book, set apart, appoint, audit."""

from .auditing import JOB, JOBS, ask_for_check, check, say
from .booking import Booking, book, end_area, make_area, set_apart, undo
from .example import load_example
from .offices import give, take

__all__ = [
    "JOB",
    "JOBS",
    "Booking",
    "ask_for_check",
    "book",
    "check",
    "end_area",
    "give",
    "load_example",
    "make_area",
    "say",
    "set_apart",
    "take",
    "undo",
]
