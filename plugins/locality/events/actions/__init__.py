"""What may be done with events: by those who hold them, and by those who come."""

from .attending import EARLY, tick
from .dates import add_date, call_off, move
from .examples import load_events
from .forgetting import COMING, KEEPINGS, forget_person
from .guests import ask, confirm, give_back
from .letters import REMINDER, guest_url, remind
from .making import change, discard, make, publish, withdraw
from .places import leave, sign_up
from .telling import EVENTS

WORK = {REMINDER: remind, EVENTS.job: EVENTS.tell_space}
"""The work of events that waits, by its kind."""

__all__ = [
    "COMING",
    "EARLY",
    "EVENTS",
    "KEEPINGS",
    "WORK",
    "add_date",
    "ask",
    "call_off",
    "change",
    "confirm",
    "discard",
    "forget_person",
    "give_back",
    "guest_url",
    "leave",
    "load_events",
    "make",
    "move",
    "publish",
    "sign_up",
    "tick",
    "withdraw",
]
