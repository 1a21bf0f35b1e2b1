"""What is done with a claim."""

from .claiming import account_of, change, hand_in, withdraw
from .deciding import approve, ask, check, refuse
from .examples import load_example
from .forgetting import KEEPINGS, WORK, forget_person
from .paying import make_run, pay, reverse, take_out

__all__ = [
    "KEEPINGS",
    "WORK",
    "account_of",
    "approve",
    "ask",
    "change",
    "check",
    "forget_person",
    "hand_in",
    "load_example",
    "make_run",
    "pay",
    "refuse",
    "reverse",
    "take_out",
    "withdraw",
]
