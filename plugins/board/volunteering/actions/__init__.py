"""What may be done with volunteering: by organisations, by who helps, by stewards."""

from .calling import add_slot, call_off, change_slot, discard, draft, publish, revise, withdraw
from .certifying import certify, withdraw_certificate
from .confirming import confirm, correct
from .example import load as load_example
from .forgetting import CONSENTS, KEEPINGS, forget_volunteer
from .hiding import listen, space_changed, thing
from .letters import REMINDER, remind
from .passing_on import let_pass_on, note_passing_on, stop_passing_on
from .signing_up import leave, sign_up

WORK = {REMINDER: remind}
"""The timed work of volunteering by its kind."""

__all__ = [
    "CONSENTS",
    "KEEPINGS",
    "WORK",
    "add_slot",
    "call_off",
    "certify",
    "change_slot",
    "confirm",
    "correct",
    "discard",
    "draft",
    "forget_volunteer",
    "leave",
    "let_pass_on",
    "listen",
    "load_example",
    "note_passing_on",
    "publish",
    "revise",
    "sign_up",
    "space_changed",
    "stop_passing_on",
    "thing",
    "withdraw",
    "withdraw_certificate",
]
