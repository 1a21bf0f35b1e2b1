"""What may be done with shifts: by those who host them, and by those who help."""

from .forgetting import HELPING, PLACES
from .hosting import call_off, change, copy_last, make
from .letters import REMINDER, remind
from .taking import forget_helper, leave, offer, swap, take

WORK = {REMINDER: remind}
"""The timed work of shifts by its kind."""

__all__ = [
    "HELPING",
    "PLACES",
    "WORK",
    "call_off",
    "change",
    "copy_last",
    "forget_helper",
    "leave",
    "make",
    "offer",
    "swap",
    "take",
]
