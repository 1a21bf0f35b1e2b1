"""What may be done: choosing a part of town, and confirming each other."""

from .confirming import ask, confirm, undo, use_paper
from .forgetting import CONFIRMED, LIVING_HERE, forget_person
from .held import held
from .letters import ENDING, remind
from .papers import print_codes, void_codes
from .quarters import choose, offer, take_back

WORK = {ENDING: remind}
"""The timed work of this room by its kind."""

__all__ = [
    "CONFIRMED",
    "LIVING_HERE",
    "WORK",
    "ask",
    "choose",
    "confirm",
    "forget_person",
    "held",
    "offer",
    "print_codes",
    "remind",
    "take_back",
    "undo",
    "use_paper",
    "void_codes",
]
