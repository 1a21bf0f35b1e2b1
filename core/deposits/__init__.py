"""Reading a bank's list of movements: what came in, when, and what stands beside it."""

from .columns import is_heading
from .reading import MOST_BYTES, NOT_A_DEPOSIT, REFUSED, SEEN, Brought, Left, Paid, read_deposits
from .reading import read_file as read_file

__all__ = [
    "MOST_BYTES",
    "NOT_A_DEPOSIT",
    "REFUSED",
    "SEEN",
    "Brought",
    "Left",
    "Paid",
    "is_heading",
    "read_deposits",
    "read_file",
]
