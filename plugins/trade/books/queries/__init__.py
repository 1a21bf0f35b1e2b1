"""What can be read of the books between nodes."""

from .books import (
    SIZE,
    balance_with,
    balances,
    bookings_of,
    books_of,
    paid_and_waiting,
    statement_by_id,
    statements_of,
    waiting_from,
)
from .portions import portions_of

__all__ = [
    "SIZE",
    "balance_with",
    "balances",
    "bookings_of",
    "books_of",
    "paid_and_waiting",
    "portions_of",
    "statement_by_id",
    "statements_of",
    "waiting_from",
]
