"""What may be done with the books between nodes."""

from .booking import mirror
from .hearing import receive
from .jobs import STATEMENT
from .paying import confirm, pay
from .repeating import letter_ended, say_again
from .settling import reversed_, settled
from .stating import make_statement, work_statement

WORK = {STATEMENT: work_statement}

__all__ = [
    "WORK",
    "confirm",
    "letter_ended",
    "make_statement",
    "mirror",
    "pay",
    "receive",
    "reversed_",
    "say_again",
    "settled",
]
