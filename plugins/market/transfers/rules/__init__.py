"""Finding the order for which each deposit in a bank's list came."""

from .....core.deposits import SEEN, Left, Paid, read_deposits
from .matching import Claim, Decision, decide, numbers_in

__all__ = [
    "SEEN",
    "Claim",
    "Decision",
    "Left",
    "Paid",
    "decide",
    "numbers_in",
    "read_deposits",
]
