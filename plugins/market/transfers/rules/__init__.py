"""Reading a bank's list of deposits, and finding the order for which each of them came."""

from .columns import is_heading
from .matching import Claim, Decision, decide, numbers_in
from .reading import NOT_A_DEPOSIT, REFUSED, SEEN, Left, Paid, read_deposits

__all__ = [
    "NOT_A_DEPOSIT",
    "REFUSED",
    "SEEN",
    "Claim",
    "Decision",
    "Left",
    "Paid",
    "decide",
    "is_heading",
    "numbers_in",
    "read_deposits",
]
