"""What may be read of lenders and loans; sums are compared with the ledger."""

from .books import Book, Numbers, book, numbers, outstanding
from .lenders import a_lender, lenders, open_lenders
from .loans import (
    AnyRow,
    Owed,
    a_guarantor,
    a_loan,
    by_code,
    desk,
    guarantors,
    mine,
    my_guarantees,
    owed,
    owed_of,
    payments,
    write_off_of,
)
from .personal import personal

__all__ = [
    "AnyRow",
    "Book",
    "Numbers",
    "Owed",
    "a_guarantor",
    "a_lender",
    "a_loan",
    "book",
    "by_code",
    "desk",
    "guarantors",
    "lenders",
    "mine",
    "my_guarantees",
    "numbers",
    "open_lenders",
    "outstanding",
    "owed",
    "owed_of",
    "payments",
    "personal",
    "write_off_of",
]
