"""What can be read of the books between nodes."""

from .books import (
    SIZE,
    Balance,
    balance_with,
    balances,
    bookings_for,
    bookings_of,
    books_of,
    paid_and_waiting,
    statement_by_id,
    statements_of,
    waiting_from,
)
from .partners import partner_of
from .portions import portions_of

__all__ = [
    "SIZE",
    "Balance",
    "balance_with",
    "balances",
    "bookings_for",
    "bookings_of",
    "books_of",
    "paid_and_waiting",
    "partner_of",
    "portions_of",
    "statement_by_id",
    "statements_of",
    "waiting_from",
]
